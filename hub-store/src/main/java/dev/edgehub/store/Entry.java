package dev.edgehub.store;

import java.util.Objects;

/**
 * One entry of a queue as read back.
 *
 * @param offset its place in the queue: from 0, without gaps, never used twice
 * @param enqueuedMillis moment of its commit
 * @param deadlineMillis moment after which it is no longer owed, or {@link AppendBatch#NEVER}; both
 *     in the time of {@link QueueStore#nowMillis}
 * @param body the bytes that were appended
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost each message
public record Entry(long offset, long enqueuedMillis, long deadlineMillis, byte[] body) {
  public Entry {
    Objects.requireNonNull(body, "body");
  }
}
