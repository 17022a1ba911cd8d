package dev.edgehub.store;

/**
 * One queue's figures, exact at the moment they were taken: {@code appended = delivered + expired +
 * dropped + lost + depth}, across restarts.
 *
 * @param lost entries that damage to the files has taken, each named in a {@link LossReport}
 * @param depth entries still owed
 * @param bytes bytes of the blocks that hold them
 * @param oldestMillis wall time of the oldest owed entry's commit (ms since the epoch), or 0 when
 *     the queue is empty
 */
public record QueueStats(
    QueueId queue,
    long appended,
    long delivered,
    long expired,
    long dropped,
    long lost,
    long depth,
    long bytes,
    long oldestMillis) {}
