package dev.edgehub.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreSpaceTest {

  private static final QueueId QUEUE = OpenStore.QUEUE;

  private final RecordingListener listener = new RecordingListener();

  @TempDir Path directory;

  @Test
  void refusesAboveTheQuotaAndTakesAgainAfterConfirms() {
    StoreOptions options = OpenStore.options(Durability.DISK, 10_000, 0);
    try (OpenStore store = new OpenStore(Store.open(directory, options, listener))) {
      String body = "x".repeat(1_000);
      int kept = 0;
      while (store.append(QUEUE, body) == AppendOutcome.DURABLE) {
        kept++;
      }
      assertEquals(9, kept);
      assertEquals(AppendOutcome.FULL, store.append(QUEUE, body));
      assertEquals(AppendOutcome.DURABLE, store.put("twins", "a", "still works"));
      assertEquals(List.of("full"), listener.incidents);

      store.queues().confirm(QUEUE, List.of(new OffsetRange(0, 4)), Disposition.DELIVERED);
      Await.until("space", () -> listener.incidents.size() == 2);

      assertEquals(List.of("full", "space returned"), listener.incidents);
      assertEquals(AppendOutcome.DURABLE, store.append(QUEUE, body));
      assertEquals(10, store.stats(QUEUE).appended());
    }
  }

  @Test
  void persistsAStepOfTheClockWhileItIsFull() {
    Path home = directory.resolve("home");
    Path killed = directory.resolve("killed");
    ManualClock time = new ManualClock();
    StoreOptions options = new StoreOptions(Durability.DISK, 10_000, 0, 0, time);
    DiskGuard disk = new DiskGuard(() -> Long.MAX_VALUE, 0, System::nanoTime);
    long before;
    try (OpenStore store =
        new OpenStore(RocksStore.open(home, options, listener, time.boot(), disk))) {
      while (store.append(QUEUE, "x".repeat(1_000)) == AppendOutcome.DURABLE) {}

      time.step(3_600_000);
      before = store.queues().nowMillis();
      Await.until("noticed", () -> listener.incidents.contains("stepped 3600000"));
      StoreCopy.of(home, killed);
    }
    time.reboot();
    try (OpenStore store =
        new OpenStore(RocksStore.open(killed, options, listener, time.boot(), disk))) {
      assertEquals(before, store.queues().nowMillis());
    }
  }

  @Test
  void letsNoBatchOvertakeTheOneItFollows() {
    StoreOptions options = OpenStore.options(Durability.DISK, 10_000, 0);
    try (OpenStore store = new OpenStore(Store.open(directory, options, listener))) {
      while (store.append(QUEUE, "x".repeat(1_000)) == AppendOutcome.DURABLE) {}
      AppendBatch first = batch("first");
      AppendBatch second = batch("second");
      AppendBatch third = batch("third");
      second.follow(first);
      third.follow(second);
      assertEquals(AppendOutcome.FULL, append(store, first));

      store.queues().confirm(QUEUE, List.of(new OffsetRange(0, 9)), Disposition.DELIVERED);
      Await.until("space", () -> listener.incidents.size() == 2);

      assertEquals(AppendOutcome.FULL, append(store, second));
      assertEquals(AppendOutcome.FULL, append(store, third));
      assertEquals(AppendOutcome.DURABLE, append(store, first));
      assertEquals(AppendOutcome.FULL, append(store, third));
      assertEquals(AppendOutcome.DURABLE, append(store, second));
      assertEquals(AppendOutcome.DURABLE, append(store, third));
    }
  }

  private static AppendBatch batch(String start) {
    AppendBatch batch = new AppendBatch();
    batch.add(QUEUE, AppendBatch.NEVER, (start + "x".repeat(1_000)).getBytes(UTF_8));
    return batch;
  }

  private static AppendOutcome append(OpenStore store, AppendBatch batch) {
    CompletableFuture<AppendOutcome> told = new CompletableFuture<>();
    store.queues().append(batch, told::complete);
    return told.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void appliesTheQuotaToWhatAnEarlierRunHasLeft() {
    StoreOptions options = OpenStore.options(Durability.DISK, 3_000, 0);
    try (OpenStore store = OpenStore.at(directory, options)) {
      store.append(QUEUE, "x".repeat(2_000));
    }

    try (OpenStore store = OpenStore.at(directory, options)) {
      assertEquals(AppendOutcome.FULL, store.append(QUEUE, "x".repeat(2_000)));
      assertEquals(1, store.stats(QUEUE).depth());
    }
  }

  @Test
  void doesNotLetOneBatchThatNeverFitsKeepOthersOut() {
    StoreOptions options = OpenStore.options(Durability.DISK, 10_000, 0);
    try (OpenStore store = new OpenStore(Store.open(directory, options, listener))) {
      assertEquals(AppendOutcome.FULL, store.append(QUEUE, "x".repeat(20_000)));
      assertEquals(AppendOutcome.DURABLE, store.append(QUEUE, "x"));
    }
  }

  @Test
  void givesBackTheSpaceOfWhatWasDeliveredWhileTheDiskIsLow() {
    long disk = 40L << 20;
    StoreOptions options = new StoreOptions(Durability.OS, 0, 20L << 20, 0, new ManualClock());
    DiskGuard guard =
        new DiskGuard(() -> disk - bytesOf(directory), options.reserveBytes(), System::nanoTime);
    BootClock boot = BootClock.of(options.clock());
    try (OpenStore store =
        new OpenStore(RocksStore.open(directory, options, listener, boot, guard))) {
      int kept = 0;
      while (store.append(QUEUE, "x".repeat(64 << 10)) == AppendOutcome.DURABLE) {
        kept++;
      }
      assertTrue(kept > 0);

      store.queues().confirm(QUEUE, List.of(new OffsetRange(0, kept)), Disposition.DELIVERED);

      // the log of an idle store holds its space for good unless somebody asks for it
      Await.until("space", () -> listener.incidents.contains("space returned"));
      assertEquals(AppendOutcome.DURABLE, store.append(QUEUE, "a"));
    }
  }

  @Test
  void givesBackTheSpaceOfADrainedQueueThoughTheDiskHasPlenty() {
    Random random = new Random(1);
    StoreOptions options = OpenStore.options(Durability.OS, 0, 0);
    try (OpenStore store = OpenStore.at(directory, options)) {
      fill(store, random, 600);
      assertTrue(bytesOf(directory) > 140L << 20);

      store.queues().confirm(QUEUE, List.of(new OffsetRange(0, 600)), Disposition.DELIVERED);

      Await.until("space", () -> bytesOf(directory) < SpaceReturn.SPARE_BYTES);
      assertEquals(AppendOutcome.DURABLE, store.append(QUEUE, "next"));
      assertEquals(List.of("next"), store.owed(QUEUE));
    }
    try (OpenStore store = OpenStore.at(directory, options)) {
      assertEquals(List.of("next"), store.owed(QUEUE));
    }
  }

  @Test
  void keepsWhatIsOwedWhenItGivesSpaceBack() {
    Random random = new Random(1);
    try (OpenStore store = OpenStore.at(directory, OpenStore.options(Durability.OS, 0, 0))) {
      fill(store, random, 600);
      byte[] last = new byte[100_000];
      random.nextBytes(last);
      AppendBatch batch = new AppendBatch();
      batch.add(QUEUE, AppendBatch.NEVER, last);
      assertEquals(AppendOutcome.DURABLE, append(store, batch));

      store.queues().confirm(QUEUE, List.of(new OffsetRange(0, 600)), Disposition.DELIVERED);

      Await.until("space", () -> bytesOf(directory) < SpaceReturn.SPARE_BYTES);
      try (QueueReader reader = store.queues().reader(QUEUE, () -> {})) {
        assertArrayEquals(last, reader.read(1, 1 << 20).get(0).body());
      }
    }
  }

  private static void fill(OpenStore store, Random random, int entries) {
    for (int i = 0; i < entries; i++) {
      byte[] body = new byte[250 << 10];
      random.nextBytes(body);
      AppendBatch batch = new AppendBatch();
      batch.add(QUEUE, AppendBatch.NEVER, body);
      assertEquals(AppendOutcome.DURABLE, append(store, batch));
    }
  }

  @Test
  void givesBackTheSpaceBehindAnEntryThatIsStillOwed() {
    AtomicLong free = new AtomicLong(1L << 40);
    Random random = new Random(1);
    StoreOptions options = new StoreOptions(Durability.OS, 0, 20L << 20, 0, new ManualClock());
    DiskGuard guard = new DiskGuard(free::get, options.reserveBytes(), System::nanoTime);
    BootClock boot = BootClock.of(options.clock());
    try (OpenStore store =
        new OpenStore(RocksStore.open(directory, options, listener, boot, guard))) {
      store.append(QUEUE, "kept");
      fill(store, random, 160);
      free.set(0);
      Await.until("low", () -> store.append(QUEUE, "x") == AppendOutcome.FULL);

      store.queues().confirm(QUEUE, List.of(new OffsetRange(1, 161)), Disposition.EXPIRED);

      Await.until("space", () -> bytesOf(directory) < 4 << 20);
      assertEquals("kept", store.owed(QUEUE).get(0));
    }
  }

  /** Without the native library, which is no message. */
  private static long bytesOf(Path directory) {
    File[] files = directory.resolve("db").toFile().listFiles(); // some go while it looks
    return Stream.of(Objects.requireNonNull(files)).mapToLong(File::length).sum();
  }

  @Test
  void refusesBelowTheReserveAndTakesAgainWhenTheDiskHasRoom() {
    AtomicLong free = new AtomicLong(1_000);
    StoreOptions options = new StoreOptions(Durability.DISK, 0, 5_000, 0, new ManualClock());
    DiskGuard disk = new DiskGuard(free::get, options.reserveBytes(), System::nanoTime);
    BootClock boot = BootClock.of(options.clock());
    try (OpenStore store =
        new OpenStore(RocksStore.open(directory, options, listener, boot, disk))) {
      assertEquals(AppendOutcome.FULL, store.append(QUEUE, "a"));

      free.set(6_000);
      Await.until("space", () -> listener.incidents.contains("space returned"));

      assertEquals(AppendOutcome.DURABLE, store.append(QUEUE, "a"));
      assertEquals(List.of("full", "space returned"), listener.incidents);
    }
  }
}
