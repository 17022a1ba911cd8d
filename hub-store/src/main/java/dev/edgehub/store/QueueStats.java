package dev.edgehub.store;

/**
 * One queue's figures, exact at the moment they were taken: {@code appended = left.total() +
 * depth}, across restarts.
 *
 * @param appended entries ever appended
 * @param left entries that have left
 * @param depth entries still owed
 * @param bytes bytes of the blocks that hold them
 * @param oldestMillis wall time of the oldest owed entry's commit (ms since the epoch) by the wall
 *     clock as it goes now; 0 when the queue is empty, or while nobody can look it up
 */
public record QueueStats(
    QueueId queue, long appended, Departures left, long depth, long bytes, long oldestMillis) {

  /**
   * How long the oldest owed entry has waited at that moment by the wall clock (ms), at least 0.
   */
  public long ageMillis(long nowMillis) {
    return oldestMillis == 0 ? 0 : Math.max(0, nowMillis - oldestMillis);
  }

  /**
   * {@code appended - left.total() - depth}: 0, or the store has lost count. The three come from
   * different places: the next offset, counters by reason, and the gaps between the offsets that
   * have left.
   */
  public long difference() {
    return appended - left.total() - depth;
  }
}
