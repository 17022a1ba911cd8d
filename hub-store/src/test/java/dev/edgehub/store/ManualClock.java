package dev.edgehub.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A wall clock, and a boot clock, that stand still until they are moved. */
final class ManualClock implements InstantSource {

  private final AtomicLong wall = new AtomicLong(1_000_000);
  private final AtomicLong sinceBoot = new AtomicLong(5_000);
  private final AtomicLong boot = new AtomicLong(1);

  /** Time passes. */
  void pass(long millis) {
    wall.addAndGet(millis);
    sinceBoot.addAndGet(millis);
  }

  /** Somebody sets the wall clock. */
  void step(long millis) {
    wall.addAndGet(millis);
  }

  void reboot() {
    boot.incrementAndGet();
    sinceBoot.set(0);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(wall.get());
  }

  BootClock boot() {
    return new BootClock() {
      @Override
      public long bootId() {
        return boot.get();
      }

      @Override
      public long millis() {
        return sinceBoot.get();
      }
    };
  }
}
