package dev.edgehub.delivery;

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

  /** A sink can never take a message; it was dropped. */
  default void refused(SinkId sink, int priority, Message message, String why) {}

  /** An attempt failed and the message is kept. */
  default void retried(SinkId sink, String why) {}

  /** Stored bytes were not a message; the entry was dropped. */
  default void unreadable(SinkId sink, int priority, String why) {}
}
