package dev.edgehub.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Where a thread waits for work, such that only the first who brings some pays for waking it. */
final class Parking {

  private static final int RUNNING = 0;
  private static final int PARKED = 1;
  // until earlier work is due: what nobody waits for need not wake it
  private static final int DOZING = 2;

  private final AtomicInteger state = new AtomicInteger(RUNNING);
  private final Thread thread;

  Parking(Thread thread) {
    this.thread = thread;
  }

  /** There is something to do; by any thread. */
  void bring(boolean awaited) {
    int now = state.get();
    if (now == PARKED || (now == DOZING && awaited)) {
      wake();
    }
  }

  void wake() {
    if (state.getAndSet(RUNNING) != RUNNING) {
      LockSupport.unpark(thread);
    }
  }

  /**
   * Waits; only by the thread itself.
   *
   * @param nanos how long at most, or {@code Long.MAX_VALUE} for ever
   * @param dozing whether to sleep on when work comes that nobody waits for
   * @param nothing whether there is still nothing to do: work may have come just before
   */
  void park(long nanos, boolean dozing, BooleanSupplier nothing) {
    state.set(dozing ? DOZING : PARKED);
    if (nothing.getAsBoolean()) {
      if (nanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, nanos);
      }
    }
    state.set(RUNNING);
  }

  /** Wakes the thread and waits for its end, whoever interrupts. */
  void awaitEnd() {
    wake();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // an orderly close is worth more than a quick one
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
