package dev.edgehub.mqtt.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a state with a deadline. */
public final class Await {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Await() {}

  public static void until(String what, BooleanSupplier state) {
    until(() -> what, state);
  }

  /**
   * Waits.
   *
   * @param what asked only when the wait is over in vain, so it can tell how far things came
   */
  public static void until(Supplier<String> what, BooleanSupplier state) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!state.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited " + LIMIT + " in vain: " + what.get());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
