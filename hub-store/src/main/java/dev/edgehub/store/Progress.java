package dev.edgehub.store;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says how far a long piece of work is: at once, then at most once a second. One thread. */
final class Progress {

  static final long EVERY_NANOS = 1_000_000_000L;

  private final Consumer<String> told;
  private final LongSupplier nanos;
  private String step = "";
  private String unit = "";
  private long done;
  private long total;
  private boolean hasTold;
  private long due;

  Progress(Consumer<String> told, LongSupplier nanos) {
    this.told = told;
    this.nanos = nanos;
  }

  /** A step whose length nobody knows. */
  void begin(String what) {
    begin(what, 0, "");
  }

  /**
   * A step begins.
   *
   * @param expected how much there is to do, or 0 when that is not known; a guess will do
   * @param ofWhat what is counted
   */
  void begin(String what, long expected, String ofWhat) {
    step = what;
    total = expected;
    unit = ofWhat;
    done = 0;
    advance(0);
  }

  /** So much more of the step is done. */
  void advance(long more) {
    done += more;
    long now = nanos.getAsLong();
    if (!hasTold || now - due >= 0) {
      hasTold = true;
      due = now + EVERY_NANOS;
      told.accept(describe());
    }
  }

  private String describe() {
    if (unit.isEmpty()) {
      return step;
    }
    return step
        + ": "
        + done
        + (total > 0 ? " of about " + Math.max(done, total) : "")
        + " "
        + unit;
  }
}
