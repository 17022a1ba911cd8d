package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SteadyTimeTest {

  private final ManualClock clock = new ManualClock();
  private final SteadyTime steady = new SteadyTime(clock, clock.boot()::millis);

  @ParameterizedTest
  @ValueSource(longs = {3_600_000, -3_600_000, 315_576_000_000L, -315_576_000_000L})
  void goesOnWhenTheWallClockIsStepped(long step) {
    long before = steady.millis();

    clock.step(step);
    clock.pass(70);

    assertEquals(before + 70, steady.millis());
    assertEquals(before + 70, steady.instant().toEpochMilli());
    assertEquals(steady.millis() + 5, steady.ofWall(clock.millis() + 5));
    assertEquals(clock.millis() + 5, steady.toWall(steady.millis() + 5));
  }

  @Test
  void leavesForEverAlone() {
    clock.step(1_000);

    assertEquals(AppendBatch.NEVER, steady.ofWall(AppendBatch.NEVER));
    assertEquals(AppendBatch.NEVER, steady.toWall(AppendBatch.NEVER - 1));
  }

  @Test
  void believesAClockThatIsNotTheSystems() {
    SteadyTime believing = SteadyTime.of(clock);

    clock.step(1_000);

    assertEquals(clock.millis(), believing.millis());
  }
}
