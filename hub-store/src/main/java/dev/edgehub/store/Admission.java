package dev.edgehub.store;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether there is room for an append, and tells the listener when that changes. Writer
 * thread only.
 */
final class Admission {

  private static final int BLOCK_OVERHEAD = BlockCodec.HEADER_BYTES + BlockCodec.CRC_BYTES;

  /** Compacting for less would not get a full disk out of its plight. */
  static final long WORTH_RECLAIMING = 16L << 20;

  /** Two neighbouring blocks of a queue hold at least twice as much. */
  private static final long LEAST_BLOCK_BYTES = BlockEncoder.SPLIT_BYTES / 2 - BLOCK_OVERHEAD;

  private final long maxBytes;
  private final DiskGuard disk;
  private final Callbacks callbacks;
  private long owedBytes;
  private long freedInAll;
  private long wantedBytes;
  private long freedBytes;
  private boolean full;
  private boolean told;

  Admission(long maxBytes, DiskGuard disk, long owedBytes, Callbacks callbacks) {
    this.maxBytes = maxBytes;
    this.disk = disk;
    this.owedBytes = owedBytes;
    this.callbacks = callbacks;
  }

  /** The bytes that a batch takes on the disk, or a little more. */
  static long cost(AppendBatch batch) {
    long entries = batch.bytes() + (long) batch.size() * BlockCodec.ENTRY_BYTES;
    return entries + BLOCK_OVERHEAD * (batch.queueRuns() + entries / LEAST_BLOCK_BYTES);
  }

  /** Whether a batch may join a group that holds {@code gathered} bytes already. */
  boolean admits(AppendBatch batch, long gathered) {
    if (full && !look()) {
      return false;
    }
    long cost = cost(batch);
    String why = refusal(gathered + cost);
    if (why == null) {
      return true;
    }
    refuse(cost, why);
    return false;
  }

  /** Starts an incident for want of room for a batch, unless one is on. */
  void refuse(long cost, String why) {
    // an incident ends when a batch like this one fits, but one that never will must not keep
    // the others out
    wantedBytes = Math.min(cost, maxBytes / 8);
    refuse(why);
  }

  /**
   * Whether a move may go on: control data, which works while the queues are full, from a sixteenth
   * of the quota and half the disk's reserve. It seldom needs them: what is moved leaves another
   * queue.
   */
  boolean admitsFromReserve(AppendBatch batch) {
    long quota = maxBytes + maxBytes / 16;
    return (maxBytes == 0 || owedBytes + cost(batch) <= quota) && !disk.isInReserve();
  }

  /** Starts an incident, unless one is on. */
  void refuse(String why) {
    full = true;
    if (!told) {
      told = true;
      callbacks.tell(listener -> listener.full(why));
    }
  }

  /** Refuses for a moment, in which space is being made. */
  void hold() {
    if (!full) {
      full = true;
      wantedBytes = 0;
    }
  }

  boolean isFull() {
    return full;
  }

  /** Ends the incident when there is room again; true when there is room. */
  boolean look() {
    if (full && refusal(wantedBytes) == null) {
      full = false;
      if (told) {
        told = false;
        callbacks.tell(StoreListener::spaceReturned);
      }
    }
    return !full;
  }

  private @Nullable String refusal(long more) {
    if (over(more) > 0) {
      return describe();
    }
    return disk.isLow() ? disk.describe() : null;
  }

  /** By how much the quota would be exceeded with so many bytes more. */
  long over(long more) {
    return maxBytes == 0 ? 0 : Math.max(0, owedBytes + more - maxBytes);
  }

  /** Whether an eighth of the quota is free. */
  boolean isAtEase() {
    return over(maxBytes / 8) == 0;
  }

  String describe() {
    return "the queues hold " + owedBytes + " bytes, the quota is " + maxBytes;
  }

  long owedBytes() {
    return owedBytes;
  }

  void grew(long bytes) {
    owedBytes += bytes;
  }

  void shrank(long bytes) {
    owedBytes -= bytes;
    freedBytes += bytes;
    freedInAll += bytes;
  }

  /** The bytes of everything that has left since the store was opened. */
  long freedInAll() {
    return freedInAll;
  }

  /**
   * Whether the disk is short of space that compacting would give back; asked once, it is asked
   * again only after more has left the queues.
   */
  boolean wantsReclaim() {
    boolean worthIt = freedBytes >= WORTH_RECLAIMING || (freedBytes > 0 && owedBytes == 0);
    if (!full || !worthIt || !disk.isLow()) {
      return false;
    }
    freedBytes = 0;
    return true;
  }

  void holds(long bytes) {
    owedBytes = bytes;
  }
}
