package dev.edgehub.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The store's own time, which deadlines are kept in: it began as the wall time of the store's first
 * opening and goes on by the boot clock, so that no step of the wall clock expires anything.
 * Between two starts of the machine it goes on by the wall clock, the only one there is, and stands
 * still when that went back, or ahead by more than a machine is off. Thread-safe.
 */
final class StoreClock {

  /** Smaller differences are rounding, not a step of the wall clock. */
  static final long STEP_MILLIS = 2_000;

  /** A machine that seems to have been off for longer has a wrong clock, before or now. */
  static final long MAX_AWAY_MILLIS = Duration.ofDays(366).toMillis();

  private static final long PERSIST_EVERY_MILLIS = 10_000;

  // both clocks are read at one moment, or a pause between the two would pass for a step
  private static final long ONE_MOMENT_MILLIS = 20;
  private static final int READINGS = 10;

  private final InstantSource wall;
  private final BootClock boot;
  private final long aheadOfBoot;
  private final long openedGap;
  private final AtomicLong noticedGap;

  /**
   * @param lastSeen the last moment the store persisted, or null in a new store
   */
  StoreClock(InstantSource wall, BootClock boot, @Nullable Stamp lastSeen) {
    this.wall = wall;
    this.boot = boot;
    Stamp opened = read(0);
    long start = lastSeen == null ? opened.wallMillis() : resumed(lastSeen, opened);
    aheadOfBoot = start - opened.bootMillis();
    openedGap = opened.wallMillis() - start;
    noticedGap = new AtomicLong(openedGap);
  }

  private static long resumed(Stamp lastSeen, Stamp opened) {
    if (lastSeen.bootId() == opened.bootId()) {
      return lastSeen.storeMillis() + Math.max(0, opened.bootMillis() - lastSeen.bootMillis());
    }
    long passed = opened.wallMillis() - lastSeen.wallMillis();
    boolean believed = passed >= 0 && passed <= MAX_AWAY_MILLIS;
    return lastSeen.storeMillis() + (believed ? passed : 0);
  }

  /** This moment by all clocks. */
  Stamp now() {
    return read(aheadOfBoot);
  }

  /** This moment in the store's time. */
  long nowMillis() {
    return aheadOfBoot + boot.millis();
  }

  /** A moment of the store's time by the wall clock as it goes now; for ever stays for ever. */
  long wallMillis(long storeMillis) {
    long ahead = wall.millis() - nowMillis();
    long sum = storeMillis + ahead;
    boolean overflow = ((storeMillis ^ sum) & (ahead ^ sum)) < 0;
    return storeMillis == AppendBatch.NEVER || overflow ? AppendBatch.NEVER : sum;
  }

  private Stamp read(long ahead) {
    Stamp stamp = readOnce(ahead);
    for (int i = 1; i < READINGS; i++) {
      if (ahead + boot.millis() - stamp.storeMillis() <= ONE_MOMENT_MILLIS) {
        return stamp;
      }
      stamp = readOnce(ahead);
    }
    return stamp;
  }

  private Stamp readOnce(long ahead) {
    long sinceBoot = boot.millis();
    return new Stamp(wall.millis(), sinceBoot, boot.bootId(), ahead + sinceBoot);
  }

  /** By how much the wall clock was stepped since the store was opened, in milliseconds. */
  long stepMillis(Stamp now) {
    long step = now.gap() - openedGap;
    return Math.abs(step) < STEP_MILLIS ? 0 : step;
  }

  /** Whether the wall clock was stepped since this was last asked. */
  boolean noticesStep() {
    long noticed = noticedGap.get();
    if (Math.abs(wall.millis() - nowMillis() - noticed) < STEP_MILLIS) {
      return false;
    }
    long gap = now().gap();
    return Math.abs(gap - noticed) >= STEP_MILLIS && noticedGap.compareAndSet(noticed, gap);
  }

  /** Whether the last moment persisted would mislead the next start of the machine. */
  static boolean isDue(@Nullable Stamp persisted, Stamp now) {
    return persisted == null
        || now.storeMillis() - persisted.storeMillis() >= PERSIST_EVERY_MILLIS
        || Math.abs(now.gap() - persisted.gap()) >= STEP_MILLIS;
  }

  static byte[] record(Stamp stamp) {
    return Sealed.close(
        Sealed.open(32)
            .putLong(stamp.wallMillis())
            .putLong(stamp.bootMillis())
            .putLong(stamp.bootId())
            .putLong(stamp.storeMillis()));
  }

  static Stamp restore(byte[] record) {
    try {
      ByteBuffer in = Sealed.contents(record, "the clock record");
      return new Stamp(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    } catch (BufferUnderflowException e) {
      throw Sealed.malformed("the clock record", e);
    }
  }

  /** A moment by the wall clock, by the boot clock of one start of the machine, and as kept. */
  record Stamp(long wallMillis, long bootMillis, long bootId, long storeMillis) {

    /** How far the wall clock is ahead of the store's time. */
    long gap() {
      return wallMillis - storeMillis;
    }
  }
}
