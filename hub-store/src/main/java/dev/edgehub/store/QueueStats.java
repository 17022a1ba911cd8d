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
 *     clock as it goes now, or 0 when the queue is empty
 */
public record QueueStats(
    QueueId queue, long appended, Departures left, long depth, long bytes, long oldestMillis) {

  /**
   * {@code appended - left.total() - depth}: 0, or the store has lost count. The three come from
   * different places: the next offset, counters by reason, and the gaps between the offsets that
   * have left.
   */
  public long difference() {
    return appended - left.total() - depth;
  }
}
