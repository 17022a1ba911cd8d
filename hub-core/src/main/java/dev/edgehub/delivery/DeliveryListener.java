package dev.edgehub.delivery;

import dev.edgehub.deadletter.DeadLetter;
import dev.edgehub.message.Message;
import dev.edgehub.message.SinkId;
import org.jspecify.annotations.Nullable;

/** Typed telemetry of delivery. Called on pump threads; must return quickly. */
public interface DeliveryListener {

  /** Nobody listens. */
  DeliveryListener NONE = new DeliveryListener() {};

  /**
   * A sink has taken a message.
   *
   * @param queuedMillis from its commit to now
   * @param sendNanos from the start of the attempt to now
   */
  default void delivered(
      SinkId sink, int priority, Message message, long queuedMillis, long sendNanos) {}

  /** A message's deadline passed before any sink took it. */
  default void expired(SinkId sink, int priority, @Nullable Message message) {}

  /**
   * A message, or an entry that is none, leaves its queue for the dead letters of its sink.
   *
   * @param message null when the entry is no message
   */
  default void deadLettered(
      SinkId sink, int priority, @Nullable Message message, DeadLetter.Cause cause, String why) {}

  /** An attempt failed and the message is kept. */
  default void retried(SinkId sink, String why) {}
}
