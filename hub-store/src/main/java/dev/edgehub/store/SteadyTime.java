package dev.edgehub.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Time that nobody sets: the wall clock's at the moment this was made, carried on by the clock that
 * counts from the machine's start, also while the machine sleeps. Who holds times for a while holds
 * them in this one, so that a step of the wall clock neither ends nor prolongs a wait. Thread-safe.
 */
public final class SteadyTime implements InstantSource {

  private final InstantSource wall;
  private final LongSupplier boot;
  private final long aheadOfBoot;

  /**
   * Begins at the wall clock's present time.
   *
   * @param wall a clock that may be stepped
   * @param boot milliseconds since some moment; never stepped
   */
  public SteadyTime(InstantSource wall, LongSupplier boot) {
    this.wall = wall;
    this.boot = boot;
    aheadOfBoot = wall.millis() - boot.getAsLong();
  }

  /** With the machine's own clock for the system's wall clock; any other is believed. */
  public static SteadyTime of(InstantSource wall) {
    return new SteadyTime(wall, BootClock.of(wall)::millis);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public long millis() {
    return aheadOfBoot + boot.getAsLong();
  }

  /** A moment by the wall clock as it goes now, in this time; for ever stays for ever. */
  public long ofWall(long wallMillis) {
    return shifted(wallMillis, millis() - wall.millis());
  }

  /** A moment of this time by the wall clock as it goes now. */
  public long toWall(long steadyMillis) {
    return shifted(steadyMillis, wall.millis() - millis());
  }

  private static long shifted(long millis, long shift) {
    if (millis == AppendBatch.NEVER) {
      return millis;
    }
    long sum = millis + shift;
    boolean overflow = ((millis ^ sum) & (shift ^ sum)) < 0;
    return overflow ? AppendBatch.NEVER : sum;
  }
}
