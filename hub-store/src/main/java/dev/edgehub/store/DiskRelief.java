package dev.edgehub.store;

/**
 * Gets a disk out of its plight by evicting: a slice of the queues at a time, worth compacting for,
 * and the next one only after compacting has brought space back. A disk that something else has
 * filled would otherwise cost everything for nothing. Writer thread only.
 */
final class DiskRelief {

  /** What a slice must at least bring back: entries lie compressed on the disk. */
  private static final long WORTH = Admission.WORTH_RECLAIMING / 16;

  /** Deleted files leave the disk in the background. */
  private static final long SETTLE_NANOS = 5_000_000_000L;

  private static final int NOBODY = -1;

  private final DiskGuard disk;
  private final Eviction eviction;
  private final EvictionNews news;
  private final Admission admission;
  private Stage stage = Stage.IDLE;
  private int priority = NOBODY;
  private long freeBefore;
  private long left;
  private long settled;

  private enum Stage {
    IDLE,
    /** A slice is being removed. */
    EVICTING,
    /** It has been removed; the writer writes that, and compacts. */
    COMPACTING,
    /** Compacted; the space is about to appear. */
    SETTLING,
    /** Evicting has not helped: it is over until the disk has room by itself. */
    IN_VAIN
  }

  DiskRelief(DiskGuard disk, Eviction eviction, EvictionNews news, Admission admission) {
    this.disk = disk;
    this.eviction = eviction;
    this.news = news;
    this.admission = admission;
  }

  /** A batch with a least important entry of this priority waits for the disk. */
  void wanted(int leastImportant) {
    priority = priority == NOBODY ? leastImportant : Math.min(priority, leastImportant);
  }

  /** Whether the next step should not wait. */
  boolean isBusy() {
    return stage == Stage.EVICTING;
  }

  /** What was removed has been compacted. */
  void compacted() {
    if (stage == Stage.COMPACTING) {
      stage = Stage.SETTLING;
      settled = disk.nanos() + SETTLE_NANOS;
      disk.forget();
    }
  }

  /** The disk is well: the next plight is another one. */
  void reset() {
    stage = Stage.IDLE;
    priority = NOBODY;
  }

  /** Takes the next step, if the disk is short of space. */
  void step() {
    if (!disk.isLow()) {
      reset();
      return;
    }
    switch (stage) {
      case IDLE -> begin();
      case EVICTING -> evict();
      case SETTLING -> settle();
      case COMPACTING, IN_VAIN -> {} // others must act
    }
  }

  private void begin() {
    if (priority == NOBODY) {
      return;
    }
    long evictable = eviction.evictable(priority);
    if (evictable < Admission.WORTH_RECLAIMING) {
      giveUp("only " + evictable + " bytes of the queues could make room");
      return;
    }
    news.begin(disk.describe());
    freeBefore = disk.free();
    left = Admission.WORTH_RECLAIMING;
    stage = Stage.EVICTING;
    evict();
  }

  private void evict() {
    long before = admission.owedBytes();
    Eviction.Result result = eviction.free(left, priority);
    left -= before - admission.owedBytes();
    if (result != Eviction.Result.TURN_SPENT) {
      stage = Stage.COMPACTING;
      priority = NOBODY;
    }
  }

  private void settle() {
    if (disk.free() - freeBefore >= WORTH) {
      stage = Stage.IDLE;
    } else if (disk.nanos() - settled >= 0) {
      giveUp("evicting " + Admission.WORTH_RECLAIMING + " bytes has not brought space back");
    }
  }

  private void giveUp(String why) {
    stage = Stage.IN_VAIN;
    admission.refuse(disk.describe() + "; " + why);
  }
}
