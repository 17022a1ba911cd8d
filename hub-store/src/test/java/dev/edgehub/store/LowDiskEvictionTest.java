package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evicting when the disk is short, and not the quota. */
final class LowDiskEvictionTest {

  private static final QueueId QUEUE = OpenStore.QUEUE;
  private static final long MIB = 1L << 20;
  private static final long RESERVE = 20 * MIB;

  private final RecordingListener listener = new RecordingListener();
  private final Random random = new Random(1);

  @TempDir Path directory;

  private OpenStore open(DiskGuard.FreeSpace free, AtomicLong nanos) {
    StoreOptions options =
        new StoreOptions(Durability.OS, 0, RESERVE, 0, new ManualClock(), WhenFull.DROP_OLDEST);
    // each look at the time lets a second pass
    DiskGuard disk = new DiskGuard(free, RESERVE, () -> nanos.addAndGet(1_000_000_000));
    BootClock boot = BootClock.of(options.clock());
    return new OpenStore(RocksStore.open(directory, options, listener, boot, disk));
  }

  /** About a MiB that does not get smaller when compressed. */
  private AppendOutcome appendMib(OpenStore store) {
    AppendBatch batch = new AppendBatch();
    for (int i = 0; i < 4; i++) {
      byte[] body = new byte[250 << 10];
      random.nextBytes(body);
      batch.add(QUEUE, AppendBatch.NEVER, body);
    }
    return store.append(batch);
  }

  @Test
  void makesRoomOnTheDiskBeforeMoreIsTaken() {
    long size = 70 * MIB;
    try (OpenStore store = open(() -> size - bytesOf(directory), new AtomicLong())) {
      for (int i = 0; i < 100; i++) {
        Await.until("room", () -> appendMib(store) == AppendOutcome.DURABLE);
      }

      QueueStats stats = store.stats(QUEUE);
      assertEquals(400, stats.appended());
      assertEquals(400, stats.depth() + stats.left().evicted());
      assertTrue(stats.depth() > 0, "something is kept");
      assertTrue(bytesOf(directory) < size, "the disk was never full");
      assertEquals("evicting", listener.incidents.get(0));
      assertEquals(List.of(), listener.incidents.stream().filter("full"::equals).toList());
    }
  }

  @Test
  void stopsWhenEvictingDoesNotHelp() {
    AtomicLong free = new AtomicLong(100 * MIB);
    try (OpenStore store = open(free::get, new AtomicLong())) {
      for (int i = 0; i < 40; i++) {
        assertEquals(AppendOutcome.DURABLE, appendMib(store));
      }
      free.set(RESERVE - 1); // by something else

      Await.until(
          "given up",
          () -> {
            appendMib(store);
            return listener.incidents.contains("full");
          });

      long evicted = store.stats(QUEUE).left().evicted();
      assertTrue(evicted >= 64 && evicted <= 72, evicted + " of about 16 MiB are evicted");
      assertEquals(AppendOutcome.FULL, appendMib(store));
      assertEquals(AppendOutcome.DURABLE, store.put("sessions", "a", "still works"));
      store.settle();
      assertEquals(evicted, store.stats(QUEUE).left().evicted());

      free.set(100 * MIB);
      Await.until("room", () -> appendMib(store) == AppendOutcome.DURABLE);
      Await.until("told", () -> listener.incidents.contains("space returned"));
      assertEquals(evicted, store.stats(QUEUE).left().evicted());
    }
  }

  @Test
  void dropsNothingWhenTheStoreIsNotWhatFillsTheDisk() {
    AtomicLong free = new AtomicLong(100 * MIB);
    try (OpenStore store = open(free::get, new AtomicLong())) {
      assertEquals(AppendOutcome.DURABLE, appendMib(store));
      free.set(RESERVE - 1);

      Await.until(
          "given up",
          () -> {
            appendMib(store);
            return listener.incidents.contains("full");
          });

      assertEquals(0, store.stats(QUEUE).left().evicted());
      assertEquals(List.of("full"), listener.incidents);
    }
  }

  /** Without the native library, which is no message. */
  private static long bytesOf(Path directory) {
    File[] files = directory.resolve("db").toFile().listFiles(); // some go while it looks
    return Stream.of(Objects.requireNonNull(files)).mapToLong(File::length).sum();
  }
}
