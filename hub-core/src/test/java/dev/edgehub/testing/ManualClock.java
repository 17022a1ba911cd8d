package dev.edgehub.testing;

import java.time.Instant;
import java.time.InstantSource;

/** Wall time that stands still until a test moves it. */
public final class ManualClock implements InstantSource {

  private long millis;

  /** A clock that shows a plain number, so that failures read well. */
  public ManualClock() {
    this(1_000_000);
  }

  public ManualClock(long millis) {
    this.millis = millis;
  }

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }

  /** Moves on, or back when negative; nothing else happens. */
  public void step(long byMillis) {
    millis += byMillis;
  }
}
