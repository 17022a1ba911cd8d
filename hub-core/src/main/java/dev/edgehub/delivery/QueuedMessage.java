package dev.edgehub.delivery;

import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;

/**
 * A message read from a lane's queue and still owed.
 *
 * @param enqueuedMillis when it was stored, in the store's time
 * @param deadlineMillis when its time to live ends, in the store's time
 * @param bytes its stored size
 * @param attempts begun since the pump was started: after one, a sink may have seen it
 */
record QueuedMessage(
    long offset,
    long enqueuedMillis,
    long deadlineMillis,
    Message message,
    int bytes,
    int attempts) {

  Identity sender() {
    return message.source().sender();
  }

  boolean tried() {
    return attempts > 0;
  }

  boolean expired(long nowMillis) {
    return deadlineMillis <= nowMillis;
  }

  QueuedMessage afterAttempt() {
    return new QueuedMessage(offset, enqueuedMillis, deadlineMillis, message, bytes, attempts + 1);
  }
}
