package dev.edgehub.delivery;

import dev.edgehub.message.Identity;
import dev.edgehub.store.QueueId;
import java.util.List;

/** What others have to say about a lane's messages. Called on the pump's executor. */
interface Detour {

  /** Whether one more attempt may begin. */
  default boolean hasRoom() {
    return true;
  }

  /** Whether a sender's messages leave the lane for a queue of its own. */
  default boolean isParked(Identity sender) {
    return false;
  }

  /** Where they go. */
  QueueId queueOf(Identity sender, int priority);

  /**
   * Whether to move them now: when the sender's own queue is about to be empty it is worth waiting.
   *
   * @param held how many of them wait for that
   */
  default boolean mayMove(Identity sender, int held) {
    return true;
  }

  /** These have been appended to the queues of their senders, in this order. */
  default void moved(int priority, List<QueuedMessage> messages) {}
}
