package dev.edgehub.delivery;

import dev.edgehub.message.Message;

/**
 * A message read from a lane's queue and still owed.
 *
 * @param enqueuedMillis when it was stored, in steady time
 * @param deadlineMillis when its time to live ends, in steady time
 * @param bytes its stored size
 * @param tried whether a sink may have seen it
 */
record QueuedMessage(
    long offset,
    long enqueuedMillis,
    long deadlineMillis,
    Message message,
    int bytes,
    boolean tried) {

  boolean expired(long nowMillis) {
    return deadlineMillis <= nowMillis;
  }

  QueuedMessage afterAttempt() {
    return tried
        ? this
        : new QueuedMessage(offset, enqueuedMillis, deadlineMillis, message, bytes, true);
  }
}
