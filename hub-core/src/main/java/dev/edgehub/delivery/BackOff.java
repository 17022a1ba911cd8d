package dev.edgehub.delivery;

/** How long to leave somebody alone after failures. Belongs to the pump's executor. */
final class BackOff {

  private final RetryPolicy policy;
  private int failures;
  private long untilMillis;

  BackOff(RetryPolicy policy) {
    this.policy = policy;
  }

  /** An attempt failed; those that were under way together count once. */
  void failed(long now) {
    if (isOver(now)) {
      failures++;
      untilMillis = now + policy.waitMillis(failures);
    }
  }

  /** The next failure is a first one again. */
  void succeeded() {
    failures = 0;
  }

  /** Nothing is waited for any more. */
  void end() {
    failures = 0;
    untilMillis = 0;
  }

  boolean isOver(long now) {
    return now >= untilMillis;
  }

  boolean isFailing() {
    return failures > 0;
  }

  long untilMillis() {
    return untilMillis;
  }
}
