package dev.edgehub.delivery;

import dev.edgehub.thread.Timer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Wakes a pump at the next moment of interest. Belongs to the pump's executor. */
final class PumpAlarm {

  private final Timer timer;
  private final Consumer<Runnable> pump;
  private Timer.@Nullable Timeout timeout;
  private long dueMillis;

  /**
   * An alarm that is not set.
   *
   * @param pump runs a change of its state, and then a turn
   */
  PumpAlarm(Timer timer, Consumer<Runnable> pump) {
    this.timer = timer;
    this.pump = pump;
  }

  /** Rings at that moment or earlier; {@link Long#MAX_VALUE}: need not ring. */
  void setFor(long whenMillis, long nowMillis) {
    if (whenMillis == Long.MAX_VALUE || (timeout != null && dueMillis <= whenMillis)) {
      return;
    }
    cancel();
    dueMillis = whenMillis;
    timeout =
        timer.after(Math.max(0, whenMillis - nowMillis), () -> pump.accept(() -> timeout = null));
  }

  void cancel() {
    if (timeout != null) {
      timeout.cancel();
      timeout = null;
    }
  }
}
