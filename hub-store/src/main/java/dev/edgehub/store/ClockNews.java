package dev.edgehub.store;

/** Tells once of each step of the wall clock. Writer thread only. */
final class ClockNews {

  private final StoreClock clock;
  private final Callbacks callbacks;
  private long told;

  ClockNews(StoreClock clock, Callbacks callbacks) {
    this.clock = clock;
    this.callbacks = callbacks;
  }

  /** A commit has succeeded. */
  void look() {
    long step = clock.stepMillis(clock.now());
    if (Math.abs(step - told) >= StoreClock.STEP_MILLIS) {
      told = step;
      callbacks.tell(listener -> listener.clockStepped(step));
    }
  }
}
