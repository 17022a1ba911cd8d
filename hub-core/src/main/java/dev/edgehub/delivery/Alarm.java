package dev.edgehub.delivery;

import dev.edgehub.thread.Timer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a pump once, at the earliest time it was set to. Belongs to the pump's executor; what the
 * timer calls goes through {@code post}.
 */
final class Alarm {

  static final long NEVER = Long.MAX_VALUE;

  // the timer's clock stands still while the machine sleeps, and deadlines do not
  private static final long FARTHEST_MILLIS = 60_000;

  private final Timer timer;
  private final Consumer<Runnable> post;
  private Timer.@Nullable Timeout timeout;
  private long setTo;

  Alarm(Timer timer, Consumer<Runnable> post) {
    this.timer = timer;
    this.post = post;
  }

  /** Wakes no later than {@code next}, or in a minute; early alarms do no harm. */
  void set(long next, long now) {
    if (next == NEVER) {
      return;
    }
    long at = Math.min(next, now + FARTHEST_MILLIS);
    if (timeout != null && setTo <= at) {
      return;
    }
    cancel();
    setTo = at;
    timeout = timer.after(Math.max(0, at - now), () -> post.accept(() -> timeout = null));
  }

  void cancel() {
    if (timeout != null) {
      timeout.cancel();
      timeout = null;
    }
  }
}
