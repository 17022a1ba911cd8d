package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What sweeps find, wherever it lies. */
final class StoreExpiryTest {

  private static final QueueId QUEUE = OpenStore.QUEUE;
  private static final QueueId OTHER = new QueueId("other", 3);
  private static final long NEVER = AppendBatch.NEVER;

  private final ManualClock time = new ManualClock();

  @TempDir Path directory;

  @Test
  void takesOutWhatIsDueBehindWhatIsNot() {
    try (OpenStore store = open();
        QueueReader reader = reader(store)) {
      append(store, 60_000, "long");
      append(store, 1_000, "short");
      append(store, NEVER, "for ever");

      time.pass(999);
      List<String> before = sweep(reader);
      time.pass(1);
      List<String> after = sweep(reader);
      store.settle();

      assertEquals(List.of(), before);
      assertEquals(List.of("short"), after);
      assertEquals(1, store.stats(QUEUE).left().expired());
      assertEquals(List.of("long", "for ever"), texts(reader.read(10, 1_000)));
    }
  }

  @Test
  void takesOutSomeOfABlockAndComesBackForTheOthers() {
    try (OpenStore store = open();
        QueueReader reader = reader(store)) {
      append(store, List.of(3_000L, 1_000L, NEVER, 2_000L, 1_000L));

      time.pass(1_000);
      List<String> first = sweep(reader);
      long next = reader.nextDeadline() - store.queues().nowMillis();
      time.pass(1_000);
      List<String> second = sweep(reader);
      time.pass(1_000);
      List<String> third = sweep(reader);
      store.settle();

      assertEquals(List.of("1", "4"), first);
      assertEquals(1_000, next);
      assertEquals(List.of("3"), second);
      assertEquals(List.of("0"), third);
      assertEquals(NEVER, reader.nextDeadline());
      assertEquals(List.of("2"), texts(reader.read(10, 1_000)));
      assertEquals(4, store.stats(QUEUE).left().expired());
    }
  }

  @Test
  void leavesWhatWasReadToTheReader() {
    try (OpenStore store = open();
        QueueReader reader = reader(store)) {
      append(store, List.of(1_000L, 1_000L, 1_000L, 5_000L));
      List<String> read = texts(reader.read(2, 1_000));

      time.pass(1_000);
      List<String> swept = sweep(reader);
      List<String> rest = texts(reader.read(10, 1_000));

      assertEquals(List.of("0", "1"), read);
      assertEquals(List.of("2"), swept);
      assertEquals(List.of("3"), rest);
      assertEquals(NEVER, reader.nextDeadline());
    }
  }

  @Test
  void findsAtTheNextReaderWhatTheLastOneHadRead() {
    try (OpenStore store = open()) {
      append(store, List.of(1_000L, 1_000L, 5_000L));
      try (QueueReader reader = reader(store)) {
        reader.read(2, 1_000);
        time.pass(1_000);
        assertEquals(List.of(), sweep(reader));
      }
      try (QueueReader reader = reader(store)) {
        assertEquals(List.of("0", "1"), sweep(reader));
        assertEquals(List.of("2"), texts(reader.read(10, 1_000)));
      }
    }
  }

  @Test
  void doesNotFindAtTheNextReaderWhatIsNotCountedYet() {
    CountDownLatch held = new CountDownLatch(1);
    try (OpenStore store = open()) {
      append(store, List.of(1_000L, 5_000L));
      time.pass(1_000);
      store.queues().append(new AppendBatch(), outcome -> Await.latch("the test goes on", held));
      try (QueueReader reader = reader(store)) {
        assertEquals(List.of("0"), sweep(reader));
      }
      try (QueueReader reader = reader(store)) {
        assertEquals(List.of(), sweep(reader));
        assertEquals(List.of("1"), texts(reader.read(10, 1_000)));
      } finally {
        held.countDown();
      }
      store.settle();
      assertEquals(1, store.stats(QUEUE).left().expired());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsItAfterTheNextOpening(boolean killed) {
    Path home = directory.resolve("home");
    Path left = directory.resolve("left");
    try (OpenStore store = open(home)) {
      append(store, 60_000, "long");
      append(store, List.of(500L, 2_000L, NEVER));
      time.pass(500);
      try (QueueReader reader = reader(store)) {
        assertEquals(List.of("0"), sweep(reader));
      }
      Await.until("written", () -> store.stats(QUEUE).depth() == 3);
      if (killed) {
        store.settle();
        StoreCopy.of(home, left);
      }
    }
    time.pass(1_500);
    try (OpenStore store = open(killed ? left : home);
        QueueReader reader = reader(store)) {
      assertEquals(List.of("1"), sweep(reader));
      store.settle();
      assertEquals(2, store.stats(QUEUE).left().expired());
    }
  }

  @Test
  void takesNoMoreThanIsAskedForAndSaysThatThereIsMore() {
    try (OpenStore store = open();
        QueueReader reader = reader(store)) {
      for (int i = 0; i < 10; i++) {
        append(store, List.of(1_000L, 1_000L, 1_000L));
      }
      time.pass(1_000);
      int taken = 0;
      int rounds = 0;
      while (reader.nextDeadline() <= store.queues().nowMillis()) {
        List<Entry> some = reader.sweep(4, 1 << 20);
        assertTrue(some.size() <= 4);
        taken += some.size();
        rounds++;
      }
      store.settle();

      assertEquals(30, taken);
      assertTrue(rounds >= 8, "rounds " + rounds);
      assertEquals(30, store.stats(QUEUE).left().expired());
      assertEquals(0, store.stats(QUEUE).bytes());
    }
  }

  @Test
  void countsOnceWhatIsSweptAgainBeforeTheWriterHasCounted() {
    try (OpenStore store = open();
        QueueReader reader = reader(store)) {
      append(store, List.of(1_000L, 2_000L, 3_000L));
      List<String> all = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        time.pass(100);
        all.addAll(sweep(reader)); // right after the other: the writer may lag behind
      }
      store.settle();

      assertEquals(List.of("0", "1", "2"), all);
      assertEquals(3, store.stats(QUEUE).left().expired());
    }
  }

  @Test
  void doesNotReturnWhatHasLeftOtherwise() {
    try (OpenStore store = open();
        QueueReader reader = reader(store)) {
      append(store, List.of(1_000L, 1_000L, 1_000L));
      store.confirm(QUEUE, 1, 2, Disposition.EVICTED);
      time.pass(1_000);

      assertEquals(List.of("0", "2"), sweep(reader));
      store.confirm(QUEUE, 0, 3, Disposition.DROPPED);
      assertEquals(2, store.stats(QUEUE).left().expired());
      assertEquals(1, store.stats(QUEUE).left().evicted());
      assertEquals(0, store.stats(QUEUE).left().dropped());
    }
  }

  @Test
  void leavesOtherQueuesAlone() {
    try (OpenStore store = open();
        QueueReader reader = reader(store)) {
      AppendBatch batch = new AppendBatch();
      batch.add(OTHER, store.queues().nowMillis() + 1_000, OpenStore.bytes("theirs"));
      batch.add(QUEUE, NEVER, OpenStore.bytes("ours"));
      store.append(batch);
      time.pass(1_000);

      assertEquals(List.of(), sweep(reader));
      assertEquals(List.of("theirs"), store.owed(OTHER));
    }
  }

  @Test
  void hasNothingInTheIndexOnceTheQueueIsEmpty() {
    try (OpenStore store = open()) {
      append(store, List.of(1_000L, 2_000L, 9_000L));
      append(store, 5_000, "alone");
      time.pass(1_000);
      try (QueueReader reader = reader(store)) {
        sweep(reader);
        store.settle();
        store.confirm(QUEUE, 0, 4, Disposition.DELIVERED);
        time.pass(9_000);
        assertEquals(List.of(), sweep(reader)); // the place that the first sweep moved is gone
        store.settle();
      }
    }
    assertEquals(0, indexed());
  }

  @Test
  void expiresNothingEarlyWhenTheWallClockIsStepped() {
    try (OpenStore store = open();
        QueueReader reader = reader(store)) {
      append(store, 60_000, "before");
      time.step(10L * 365 * 24 * 3_600_000);
      append(store, 1_000, "after");
      List<String> atOnce = sweep(reader);
      time.pass(1_000);
      List<String> second = sweep(reader);
      time.step(-20L * 365 * 24 * 3_600_000);
      List<String> back = sweep(reader);
      time.pass(59_000);

      assertEquals(List.of(), atOnce);
      assertEquals(List.of("after"), second);
      assertEquals(List.of(), back);
      assertEquals(List.of("before"), sweep(reader));
    }
  }

  @Test
  void hasTheIndexAgainAfterASalvage() throws IOException {
    try (OpenStore store = open()) {
      append(store, 60_000, "long");
      append(store, List.of(1_000L, 2_000L, NEVER));
    }
    Files.delete(directory.resolve("db/CURRENT"));

    try (OpenStore store = open();
        QueueReader reader = reader(store)) {
      time.pass(1_000);
      assertEquals(List.of("0"), sweep(reader));
      time.pass(1_000);
      assertEquals(List.of("1"), sweep(reader));
    }
    assertTrue(StoreDoctor.examine(directory, progress -> {}).isHealthy());
  }

  @Test
  void isMissedByTheDoctorWhenItIsGoneAndMadeAnew() {
    try (OpenStore store = open()) {
      append(store, 60_000, "long");
      append(store, List.of(1_000L, NEVER));
      append(store, NEVER, "for ever");
    }
    try (Database database = Database.open(directory.resolve("db"), false, Durability.DISK);
        WriteBatch batch = new WriteBatch()) {
      batch.deleteRange(database.family(Family.EXPIRY), new byte[1], new byte[] {127});
      database.writeSurely(batch);
    } catch (RocksDBException e) {
      throw new AssertionError(e);
    }

    DoctorReport before = StoreDoctor.examine(directory, progress -> {});
    StoreDoctor.repair(directory, StoreOptions.defaults(), progress -> {});

    assertEquals(
        List.of("2 blocks are missing from the expiry index: entries would expire late"),
        before.queues().get(0).problems());
    assertTrue(StoreDoctor.examine(directory, progress -> {}).isHealthy());
    assertEquals(2, indexed());
  }

  private long indexed() {
    try (Database database = Database.open(directory.resolve("db"), false, Durability.DISK)) {
      return database.scan(
          Family.EXPIRY,
          cursor -> {
            long keys = 0;
            for (cursor.seek(new byte[0]); cursor.isValid(); cursor.next()) {
              keys++;
            }
            return keys;
          });
    }
  }

  private OpenStore open() {
    return open(directory);
  }

  private OpenStore open(Path home) {
    StoreOptions options = new StoreOptions(Durability.OS, 0, 0, 1_000, time);
    DiskGuard disk = new DiskGuard(() -> Long.MAX_VALUE, 0, System::nanoTime);
    return new OpenStore(RocksStore.open(home, options, StoreListener.NONE, time.boot(), disk));
  }

  private static QueueReader reader(OpenStore store) {
    return store.queues().reader(QUEUE, () -> {});
  }

  private static void append(OpenStore store, long ttlMillis, String body) {
    AppendBatch batch = new AppendBatch();
    batch.add(QUEUE, deadline(store, ttlMillis), OpenStore.bytes(body));
    store.append(batch);
  }

  /** One block of entries that are named 0, 1, 2 … */
  private static void append(OpenStore store, List<Long> timesToLive) {
    AppendBatch batch = new AppendBatch();
    for (int i = 0; i < timesToLive.size(); i++) {
      batch.add(QUEUE, deadline(store, timesToLive.get(i)), OpenStore.bytes("" + i));
    }
    store.append(batch);
  }

  private static long deadline(OpenStore store, long ttlMillis) {
    return ttlMillis == NEVER ? NEVER : store.queues().nowMillis() + ttlMillis;
  }

  private static List<String> sweep(QueueReader reader) {
    return texts(reader.sweep(100, 1 << 20));
  }

  private static List<String> texts(List<Entry> entries) {
    return entries.stream().map(OpenStore::text).toList();
  }
}
