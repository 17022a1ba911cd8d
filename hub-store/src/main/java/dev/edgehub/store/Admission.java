package dev.edgehub.store;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether there is room for an append, and tells the listener when that changes. Writer
 * thread only.
 */
final class Admission {

  private static final int BLOCK_OVERHEAD = BlockCodec.HEADER_BYTES + BlockCodec.CRC_BYTES;

  /** Compacting for less would not get a full disk out of its plight. */
  private static final long WORTH_RECLAIMING = 16L << 20;

  private final long maxBytes;
  private final DiskGuard disk;
  private final Callbacks callbacks;
  private long owedBytes;
  private long wantedBytes;
  private long freedBytes;
  private boolean full;

  Admission(long maxBytes, DiskGuard disk, long owedBytes, Callbacks callbacks) {
    this.maxBytes = maxBytes;
    this.disk = disk;
    this.owedBytes = owedBytes;
    this.callbacks = callbacks;
  }

  /** The bytes that a batch takes on the disk, or a little more. */
  static long cost(AppendBatch batch) {
    return batch.bytes() + (long) batch.size() * BlockCodec.ENTRY_BYTES + BLOCK_OVERHEAD;
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
    // an incident ends when a batch like this one fits, but one that never will must not keep
    // the others out
    wantedBytes = Math.min(cost, maxBytes / 8);
    refuse(why);
    return false;
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
    if (!full) {
      full = true;
      callbacks.tell(listener -> listener.full(why));
    }
  }

  boolean isFull() {
    return full;
  }

  /** Ends the incident when there is room again; true when there is room. */
  boolean look() {
    if (full && refusal(wantedBytes) == null) {
      full = false;
      callbacks.tell(StoreListener::spaceReturned);
    }
    return !full;
  }

  private @Nullable String refusal(long more) {
    if (maxBytes > 0 && owedBytes + more > maxBytes) {
      return "the queues hold " + owedBytes + " bytes, the quota is " + maxBytes;
    }
    return disk.isLow() ? disk.describe() : null;
  }

  void grew(long bytes) {
    owedBytes += bytes;
  }

  void shrank(long bytes) {
    owedBytes -= bytes;
    freedBytes += bytes;
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
