package dev.edgehub.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.testing.ScriptedSink;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wall clock that is set by an hour or by ten years neither ends nor prolongs a wait. */
class SinkPumpClockTest {

  private static final long HOUR = 3_600_000;
  private static final long TEN_YEARS = 87_660 * HOUR;

  @ParameterizedTest
  @ValueSource(longs = {HOUR, -HOUR, TEN_YEARS, -TEN_YEARS})
  void expiresWhatItHasReadAfterTheTimeItHadLeft(long step) {
    PumpBench bench = new PumpBench(64, 0);
    bench.appendWithTtl(0, 5_000, "read before the step");
    bench.run();

    bench.stepWallClock(step);
    bench.appendWithTtl(0, 6_000, "stored after it");
    bench.pass(4_999);
    List<String> early = List.copyOf(bench.told.expired);
    bench.pass(1);
    List<String> onTime = List.copyOf(bench.told.expired);
    bench.pass(1_000);

    assertEquals(List.of(), early);
    assertEquals(List.of("read before the step"), onTime);
    assertEquals(List.of("read before the step", "stored after it"), bench.told.expired);
  }

  @ParameterizedTest
  @ValueSource(longs = {HOUR, -HOUR, TEN_YEARS, -TEN_YEARS})
  void deliversWhatIsStillInTimeAfterTheStep(long step) {
    PumpBench bench = new PumpBench(64, 0);
    bench.appendWithTtl(0, 5_000, "a", "b");
    bench.run();
    bench.stepWallClock(step);
    ScriptedSink link = ScriptedSink.accepting();

    bench.attach(link);

    assertEquals(List.of("a", "b"), link.bodies());
    assertEquals(List.of(), bench.told.expired);
  }

  @ParameterizedTest
  @ValueSource(longs = {HOUR, -HOUR, TEN_YEARS, -TEN_YEARS})
  void triesAgainWhenTheBackOffIsOver(long step) {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.answering(delivery -> new DeliveryOutcome.Retry("busy"));
    bench.append(0, "a");
    bench.attach(link);

    bench.stepWallClock(step);
    long shown = bench.pump.status().nextAttemptMillis() - bench.clock.millis();
    bench.pass(99);
    int before = link.seen().size();
    bench.pass(1);

    assertEquals(1, before);
    assertEquals(2, link.seen().size());
    assertEquals(100, shown);
  }
}
