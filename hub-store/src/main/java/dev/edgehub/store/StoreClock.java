package dev.edgehub.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The wall clock, distrusted. Deadlines are wall times; when the wall clock is stepped, the boot
 * clock knows how much time has really passed, and deadlines are read back shifted by the step, so
 * that nothing expires early. Thread-safe.
 */
final class StoreClock {

  /** Smaller differences are slewing and rounding, not a step. */
  static final long STEP_MILLIS = 2_000;

  /** A machine that seems to have been off for longer has a wrong clock, before or now. */
  static final long MAX_AWAY_MILLIS = Duration.ofDays(366).toMillis();

  /** Before any commit. */
  static final Stamp NO_STAMP = new Stamp(0, 0, 0);

  private final InstantSource wall;
  private final BootClock boot;
  private final Stamp opened;
  private final @Nullable Stamp lastSeen;

  /**
   * @param lastSeen the last moment the store persisted, or null in a new store
   */
  StoreClock(InstantSource wall, BootClock boot, @Nullable Stamp lastSeen) {
    this.wall = wall;
    this.boot = boot;
    opened = now();
    this.lastSeen = lastSeen;
  }

  Stamp now() {
    return new Stamp(wall.millis(), boot.millis(), boot.bootId());
  }

  /** By how much the wall clock was stepped since the store was opened, in milliseconds. */
  long stepMillis(Stamp now) {
    return step(opened, now);
  }

  /** The deadline of an entry committed at {@code committed} by the wall clock of {@code now}. */
  long deadline(long deadlineMillis, Stamp committed, Stamp now) {
    if (deadlineMillis == AppendBatch.NEVER) {
      return deadlineMillis;
    }
    long shift =
        committed.bootId() == now.bootId()
            ? step(committed, now)
            : step(opened, now) + unbelievable(committed);
    if (shift == 0) {
      return deadlineMillis;
    }
    long shifted = deadlineMillis + shift;
    boolean overflow = ((deadlineMillis ^ shifted) & (shift ^ shifted)) < 0;
    return overflow ? AppendBatch.NEVER : shifted;
  }

  /** When a commit was, by the wall clock of {@code now}. */
  long moment(Stamp committed, Stamp now) {
    return deadline(committed.wallMillis(), committed, now);
  }

  /**
   * How far the wall clock was off when the store was opened, for an entry of an earlier start of
   * the machine; 0 when the difference can be time without power.
   */
  private long unbelievable(Stamp committed) {
    Stamp last = lastSeen;
    long seen =
        last != null && last.bootId() == committed.bootId()
            ? Math.max(last.wallMillis(), committed.wallMillis())
            : committed.wallMillis();
    long away = opened.wallMillis() - seen;
    return away >= 0 && away <= MAX_AWAY_MILLIS ? 0 : away;
  }

  private static long step(Stamp from, Stamp to) {
    long step = (to.wallMillis() - from.wallMillis()) - (to.bootMillis() - from.bootMillis());
    return Math.abs(step) < STEP_MILLIS ? 0 : step;
  }

  static byte[] record(Stamp stamp) {
    return Sealed.close(
        Sealed.open(24)
            .putLong(stamp.wallMillis())
            .putLong(stamp.bootMillis())
            .putLong(stamp.bootId()));
  }

  static Stamp restore(byte[] record) {
    try {
      ByteBuffer in = Sealed.contents(record, "the clock record");
      return new Stamp(in.getLong(), in.getLong(), in.getLong());
    } catch (BufferUnderflowException e) {
      throw Sealed.malformed("the clock record", e);
    }
  }

  /** A moment by both clocks. */
  record Stamp(long wallMillis, long bootMillis, long bootId) {}
}
