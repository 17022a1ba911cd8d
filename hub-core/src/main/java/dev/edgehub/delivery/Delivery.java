package dev.edgehub.delivery;

import dev.edgehub.message.Message;
import dev.edgehub.message.SinkId;

/** One attempt to hand one message to a sink. */
public interface Delivery {

  Message message();

  SinkId sink();

  /** Whether an earlier attempt may have reached the receiver. */
  boolean repeated();

  /** Time to live that is left, in ms; {@link Long#MAX_VALUE} for ever. */
  default long remainingMillis() {
    return Long.MAX_VALUE;
  }

  /**
   * Tells how the attempt ended. Called once, from any thread; a second call is ignored.
   *
   * @param outcome what became of it
   */
  void complete(DeliveryOutcome outcome);
}
