package dev.edgehub.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.testing.ScriptedSink;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pump waits in the store's time; people are shown the wall clock's. */
class SinkPumpClockTest {

  private static final long HOUR = 3_600_000;
  private static final long TEN_YEARS = 87_660 * HOUR;

  @ParameterizedTest
  @ValueSource(longs = {HOUR, -HOUR, TEN_YEARS, -TEN_YEARS})
  void showsTheNextAttemptByTheWallClockAsItGoes(long step) {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.answering(delivery -> new DeliveryOutcome.Retry("busy"));
    bench.append(0, "a");
    bench.attach(link);

    bench.store.stepWallClock(step);
    long wallClock = bench.clock.millis() + step;
    long shown = bench.pump.status().nextAttemptMillis();
    bench.pass(99);
    int before = link.seen().size();
    bench.pass(1);

    assertEquals(wallClock + 100, shown);
    assertEquals(1, before);
    assertEquals(2, link.seen().size());
  }
}
