package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full to the last byte: nothing can be written until the database is reopened. */
@Timeout(60)
final class StoreFullDiskTest {

  private static final QueueId QUEUE = OpenStore.QUEUE;
  private static final QueueId GRAVE = new QueueId("grave", 0);

  private final RecordingListener listener = new RecordingListener();
  private final ManualClock time = new ManualClock();
  private FullDisk disk;
  private OpenStore store;

  @TempDir Path directory;

  @BeforeEach
  void open() {
    StoreDirectory home = StoreDirectory.lock(directory);
    NativeLibrary.load(home.nativeLibraries());
    disk = FullDisk.over(home.database());
    AtomicLong nanos = new AtomicLong();
    StoreOptions options = new StoreOptions(Durability.OS, 0, 0, 0, time);
    QueueDirectory queues = new QueueDirectory();
    StoreClock clock = new StoreClock(time, time.boot(), null);
    StoreWriter writer =
        new StoreWriter(
            disk,
            queues,
            clock,
            new DiskGuard(() -> Long.MAX_VALUE, 0, () -> nanos.addAndGet(1_000_000_000)),
            new HighWaterKeeper(
                home.highWater(), queues, home.database(), HighWater.NONE, System::nanoTime),
            options,
            listener);
    writer.start();
    store =
        new OpenStore(
            new Store() {
              @Override
              public QueueStore queues() {
                return new RocksQueueStore(disk, queues, writer, clock, 0);
              }

              @Override
              public DocumentStore documents() {
                return new RocksDocumentStore(disk, writer);
              }

              @Override
              public void close() {
                writer.stop();
                disk.close();
                home.close();
              }
            });
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void fill() {
    disk.full(true);
    assertEquals(AppendOutcome.FULL, store.append(GRAVE, "one too many"));
  }

  private void makeRoom() {
    disk.full(false);
    Await.until("room", () -> listener.incidents.contains("space returned"));
  }

  @Test
  void refusesAMoveWhileTheDatabaseIsClosedAndTakesItLater() {
    store.append(QUEUE, "a", "b");
    fill();
    Await.until("closed", disk::isShut);

    MoveOutcome early = bury();
    makeRoom();
    MoveOutcome late = bury();

    assertEquals(List.of(MoveOutcome.FULL, MoveOutcome.MOVED), List.of(early, late));
    assertFalse(listener.incidents.contains("failed"));
    assertEquals(List.of("b"), store.owed(QUEUE));
    assertEquals(List.of("a"), store.owed(GRAVE));
  }

  @Test
  void closesInOrderWhenThereIsNoRoomForTheClock() {
    assertEquals(AppendOutcome.DURABLE, store.append(QUEUE, "a"));
    disk.full(true);

    store.close();

    assertEquals(List.of(), listener.incidents);
  }

  private MoveOutcome bury() {
    AppendBatch into = new AppendBatch();
    into.add(GRAVE, AppendBatch.NEVER, OpenStore.bytes("a"));
    CompletableFuture<MoveOutcome> told = new CompletableFuture<>();
    List<OffsetRange> first = List.of(new OffsetRange(0, 1));
    store.queues().move(QUEUE, first, Disposition.DEAD_LETTERED, into, told::complete);
    return told.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void tellsARemovalThatCouldNotBeWrittenOnceItIs() {
    store.append(QUEUE, "a", "b", "c");
    disk.full(true);
    CompletableFuture<Removal> told = new CompletableFuture<>();
    List<OffsetRange> some = List.of(new OffsetRange(0, 2));
    store.queues().remove(QUEUE, some, Disposition.DROPPED, told::complete);
    Await.until("full", () -> listener.incidents.contains("full"));
    assertFalse(told.isDone());

    makeRoom();

    Removal removal = told.orTimeout(20, TimeUnit.SECONDS).join();
    assertEquals(new Removal(AppendOutcome.DURABLE, 2), removal);
    assertEquals(List.of("c"), store.owed(QUEUE));
  }

  @Test
  void sweepsOnceWhatCannotBeWritten() {
    for (int i = 0; i < 20; i++) {
      AppendBatch batch = new AppendBatch();
      long now = store.queues().nowMillis();
      batch.add(QUEUE, now + 1_000, OpenStore.bytes("soon " + i));
      batch.add(QUEUE, now + 2_000, OpenStore.bytes("later " + i));
      store.append(batch);
    }
    fill();
    try (QueueReader reader = store.queues().reader(QUEUE, () -> {})) {
      List<String> expected = new ArrayList<>();
      List<String> swept = new ArrayList<>();
      for (String which : List.of("soon ", "later ")) {
        time.pass(1_000);
        for (int i = 0; i < 20; i++) {
          expected.add(which + i);
        }
        for (int round = 0; reader.nextDeadline() <= store.queues().nowMillis(); round++) {
          assertTrue(round < 50, "the same again and again: " + swept);
          reader.sweep(4, 1 << 20).forEach(entry -> swept.add(OpenStore.text(entry)));
        }
      }
      assertEquals(expected, swept);

      makeRoom();
      store.settle();
      assertEquals(new Departures(0, 40, 0, 0, 0, 0, 0), store.stats(QUEUE).left());
      assertEquals(0, store.stats(QUEUE).depth());
      assertEquals(AppendBatch.NEVER, reader.nextDeadline());
    }
  }

  @Test
  void countsItsQueuesWhileTheDatabaseIsClosed() {
    store.append(QUEUE, "a", "b");
    fill();
    Await.until("closed", disk::isShut);

    QueueStats stats = store.queues().stats(QUEUE);

    assertEquals(2, stats.appended());
    assertEquals(0, stats.ageMillis(time.millis() + 1_000));
  }

  @Test
  void usesNoOffsetAgainWhenTheReopenedDatabaseHasLostSome() {
    store.append(QUEUE, "a");
    store.append(QUEUE, "b");
    store.confirm(QUEUE, 0, 2, Disposition.DELIVERED);
    store.append(QUEUE, "c");
    disk.forget(0, 1);
    fill();
    makeRoom();

    store.append(QUEUE, "d");

    assertEquals(List.of("c", "d"), store.owed(QUEUE));
    QueueStats stats = store.stats(QUEUE);
    assertEquals(4, stats.appended());
    assertEquals(0, stats.difference());
  }
}
