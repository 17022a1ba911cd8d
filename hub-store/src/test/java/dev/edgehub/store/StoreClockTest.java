package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreClockTest {

  private static final long HOUR = 3_600_000;
  private static final long TEN_YEARS = 87_660 * HOUR;

  private final ManualClock time = new ManualClock();
  private final RecordingListener listener = new RecordingListener();

  @TempDir Path directory;

  @Test
  void leavesDeadlinesAloneWhileTimePasses() {
    try (OpenStore store = open()) {
      long deadline = append(store);
      time.pass(HOUR / 2);

      assertEquals(deadline, deadline(store));
    }
    time.pass(HOUR);
    try (OpenStore store = open()) {
      assertEquals(HOUR / 2, time.millis() - deadline(store));
    }
  }

  @Test
  void keepsTheTimeLeftWhenTheWallClockIsStepped() {
    try (OpenStore store = open()) {
      long deadline = append(store);
      time.step(24 * HOUR);
      assertEquals(deadline + 24 * HOUR, deadline(store));

      store.append(OpenStore.QUEUE, "another commit tells it");
      Await.until("told", () -> listener.incidents.equals(List.of("stepped " + 24 * HOUR)));

      time.step(-48 * HOUR);
      assertEquals(deadline - 24 * HOUR, deadline(store));
    }
  }

  @Test
  void keepsTheTimeLeftWhenTheMachineWakesUpInThePast() {
    long left;
    try (OpenStore store = open()) {
      left = append(store) - time.millis();
    }
    time.step(-1_000_000);
    time.reboot();
    try (OpenStore store = open()) {
      assertEquals(left, deadline(store) - time.millis());

      time.pass(10_000);
      time.step(500 * HOUR);

      assertEquals(left - 10_000, deadline(store) - time.millis());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {HOUR, -HOUR, TEN_YEARS, -TEN_YEARS})
  void keepsTheTimeLeftWhateverTheStep(long step) {
    long left;
    try (OpenStore store = open()) {
      left = append(store) - time.millis();
      time.step(step);
      assertEquals(left, deadline(store) - time.millis());
      assertEquals(time.millis(), store.stats(OpenStore.QUEUE).oldestMillis());
    }
    time.pass(10_000);
    try (OpenStore store = open()) {
      assertEquals(left - 10_000, deadline(store) - time.millis());

      time.step(-step);
      assertEquals(left - 10_000, deadline(store) - time.millis());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {HOUR, -HOUR, TEN_YEARS, -TEN_YEARS})
  void keepsTheTimeLeftWhenTheClockIsSteppedBetweenTwoRuns(long step) {
    long left;
    try (OpenStore store = open()) {
      left = append(store) - time.millis();
    }
    time.step(step);
    try (OpenStore store = open()) {
      assertEquals(left, deadline(store) - time.millis());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-HOUR, TEN_YEARS, -TEN_YEARS})
  void keepsTheTimeLeftWhenTheMachineStartsWithAWrongClock(long off) {
    long left;
    try (OpenStore store = open()) {
      left = append(store) - time.millis();
    }
    time.step(off);
    time.reboot();
    for (int start = 0; start < 3; start++) { // each of which leaves a newer last moment behind
      try (OpenStore store = open()) {
        assertEquals(left, deadline(store) - time.millis());
        store.append(new QueueId("another", 0), "x");
      }
    }
    try (OpenStore store = open()) { // a clock set right, at last
      time.step(-off);
      assertEquals(left, deadline(store) - time.millis());
    }
  }

  @Test
  void countsTheTimeWithoutPower() {
    long deadline;
    try (OpenStore store = open()) {
      deadline = append(store);
    }
    time.pass(HOUR / 2);
    time.reboot();
    try (OpenStore store = open()) {
      assertEquals(deadline, deadline(store));
    }
  }

  @Test
  void countsAPauseOfMinutesAndTakesItForNoStep() {
    try (OpenStore store = open()) {
      long deadline = append(store);
      time.pass(600_000);
      store.append(new QueueId("another", 0), "x");
      store.settle();

      assertEquals(deadline, deadline(store));
      assertEquals(List.of(), listener.incidents);
    }
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
    StoreOptions options = new StoreOptions(Durability.OS, 0, 0, 1_000, time);
    DiskGuard disk = new DiskGuard(() -> Long.MAX_VALUE, 0, System::nanoTime);
    return new OpenStore(RocksStore.open(directory, options, listener, time.boot(), disk));
  }

  private long append(OpenStore store) {
    AppendBatch batch = new AppendBatch();
    batch.add(OpenStore.QUEUE, time.millis() + HOUR, OpenStore.bytes("a"));
    store.append(batch);
    return time.millis() + HOUR;
  }

  private static long deadline(OpenStore store) {
    try (QueueReader reader = store.queues().reader(OpenStore.QUEUE, () -> {})) {
      return reader.read(1, 1).get(0).deadlineMillis();
    }
  }
}
