package dev.edgehub.deadletter;

import dev.edgehub.message.SinkId;

/** Telemetry of dead letters. Called on the store's writer thread; must return quickly. */
public interface DeadLetterListener {

  /** Nobody listens. */
  DeadLetterListener NONE = (sink, letters) -> {};

  /** The oldest dead letters of a sink were taken out to keep within the limits. */
  void deadLettersEvicted(SinkId sink, long letters);
}
