package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much time is left to an entry, whatever happens to the clocks. */
final class StoreClockTest {

  private static final long HOUR = 3_600_000;
  private static final long TEN_YEARS = 87_660 * HOUR;

  private final ManualClock time = new ManualClock();
  private final RecordingListener listener = new RecordingListener();

  @TempDir Path directory;

  @Test
  void countsDownWhileTimePassesAlsoWhenTheStoreIsClosed() {
    try (OpenStore store = open()) {
      append(store);
      time.pass(HOUR / 2);

      assertEquals(HOUR / 2, left(store));
    }
    time.pass(HOUR);
    try (OpenStore store = open()) {
      assertEquals(-HOUR / 2, left(store));
    }
  }

  @Test
  void countsDownWhileTheMachineIsOff() {
    try (OpenStore store = open()) {
      append(store);
    }
    time.pass(HOUR / 2);
    time.reboot();
    try (OpenStore store = open()) {
      assertEquals(HOUR / 2, left(store));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {HOUR, -HOUR, TEN_YEARS, -TEN_YEARS})
  void keepsTheTimeLeftWhenTheWallClockIsStepped(long step) {
    try (OpenStore store = open()) {
      append(store);
      time.step(step);
      assertEquals(HOUR, left(store));

      Await.until("told", () -> listener.incidents.equals(List.of("stepped " + step)));

      time.pass(1);
      assertEquals(HOUR - 1, left(store));
    }
    try (OpenStore store = open()) {
      assertEquals(HOUR - 1, left(store));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {HOUR, -HOUR, TEN_YEARS, -TEN_YEARS})
  void takesNoStepBeforeARestartOfTheMachineForTime(long step) {
    try (OpenStore store = open()) {
      append(store);
      time.step(step);
    }
    time.reboot();
    try (OpenStore store = open()) {
      assertEquals(HOUR, left(store));
    }
  }

  @Test
  void persistsAStepAsSoonAsTheTimeIsAsked() {
    try (OpenStore store = open()) {
      append(store);
      time.step(TEN_YEARS);
      store.queues().nowMillis();
      Await.until("told", () -> listener.incidents.equals(List.of("stepped " + TEN_YEARS)));
      store.settle();
      time.reboot();

      assertEquals(HOUR, leftAfterAKill());
    }
  }

  @Test
  void keepsTheTimeLeftWhenTheMachineWakesUpInThePast() {
    try (OpenStore store = open()) {
      append(store);
    }
    time.step(-1_000_000);
    time.reboot();
    try (OpenStore store = open()) {
      assertEquals(HOUR, left(store));

      time.pass(10_000);
      time.step(500 * HOUR);

      assertEquals(HOUR - 10_000, left(store));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {HOUR, -HOUR, TEN_YEARS, -TEN_YEARS})
  void keepsTheTimeLeftWhenTheWallClockIsSteppedBetweenTwoRuns(long step) {
    try (OpenStore store = open()) {
      append(store);
    }
    time.step(step);
    try (OpenStore store = open()) {
      assertEquals(HOUR, left(store));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-HOUR, TEN_YEARS, -TEN_YEARS})
  void keepsTheTimeLeftWhenTheMachineStartsWithAWrongClock(long off) {
    try (OpenStore store = open()) {
      append(store);
    }
    time.step(off);
    time.reboot();
    for (int start = 0; start < 3; start++) { // each of which leaves a newer last moment behind
      try (OpenStore store = open()) {
        assertEquals(HOUR, left(store));
        store.append(new QueueId("another", 0), "x");
      }
    }
    try (OpenStore store = open()) { // a clock set right, at last
      time.step(-off);
      assertEquals(HOUR, left(store));
    }
  }

  @Test
  void countsTheTimeOfAMachineThatRanForYears() {
    try (OpenStore store = open()) {
      append(store);
    }
    time.pass(TEN_YEARS);
    try (OpenStore store = open()) {
      assertEquals(HOUR - TEN_YEARS, left(store));
    }
  }

  @Test
  void countsAPauseOfMinutesAndTakesItForNoStep() {
    try (OpenStore store = open()) {
      append(store);
      time.pass(600_000);
      store.append(new QueueId("another", 0), "x");
      store.settle();

      assertEquals(HOUR - 600_000, left(store));
      assertEquals(List.of(), listener.incidents);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {HOUR, -HOUR, TEN_YEARS, -TEN_YEARS})
  void showsMomentsByTheWallClockAsItGoes(long step) {
    try (OpenStore store = open()) {
      append(store);
      time.step(step);

      assertEquals(time.millis(), store.stats(OpenStore.QUEUE).oldestMillis());
      assertEquals(time.millis() + HOUR, store.queues().wallMillis(deadline(store)));
      assertEquals(AppendBatch.NEVER, store.queues().wallMillis(AppendBatch.NEVER));
    }
  }

  @Test
  void readsBothClocksAtOneMoment() {
    ManualClock still = new ManualClock();
    BootClock[] boot = {still.boot()};
    int[] asked = new int[1];
    StoreClock clock =
        new StoreClock(
            still,
            new BootClock() {
              @Override
              public long bootId() {
                return boot[0].bootId();
              }

              @Override
              public long millis() {
                long millis = boot[0].millis();
                if (asked[0]++ == 4) {
                  still.pass(300_000); // the process is stopped between the two
                }
                return millis;
              }
            },
            null);

    StoreClock.Stamp first = clock.now();
    StoreClock.Stamp paused = clock.now();

    assertEquals(first.gap(), paused.gap());
    assertEquals(300_000, paused.storeMillis() - first.storeMillis());
  }

  @Test
  void neverExpiresWhatIsKeptForEver() {
    try (OpenStore store = open()) {
      store.append(OpenStore.QUEUE, "a");
      time.step(24 * HOUR);

      assertEquals(AppendBatch.NEVER, deadline(store));
    }
  }

  private OpenStore open() {
    return open(directory);
  }

  private OpenStore open(Path at) {
    StoreOptions options = new StoreOptions(Durability.OS, 0, 0, 1_000, time);
    DiskGuard disk = new DiskGuard(() -> Long.MAX_VALUE, 0, System::nanoTime);
    return new OpenStore(RocksStore.open(at, options, listener, time.boot(), disk));
  }

  private long leftAfterAKill() {
    Path copy = directory.resolveSibling(directory.getFileName() + "-killed");
    StoreCopy.of(directory, copy);
    try (OpenStore store = open(copy)) {
      return left(store);
    } finally {
      StoreCopy.remove(copy);
    }
  }

  private void append(OpenStore store) {
    AppendBatch batch = new AppendBatch();
    batch.add(OpenStore.QUEUE, store.queues().nowMillis() + HOUR, OpenStore.bytes("a"));
    store.append(batch);
  }

  private static long left(OpenStore store) {
    return deadline(store) - store.queues().nowMillis();
  }

  private static long deadline(OpenStore store) {
    try (QueueReader reader = store.queues().reader(OpenStore.QUEUE, () -> {})) {
      return reader.read(1, 1).get(0).deadlineMillis();
    }
  }
}
