package dev.edgehub.delivery;

import dev.edgehub.store.QueueStore;
import org.jspecify.annotations.Nullable;

/**
 * How a sink is doing, for people.
 *
 * @param inFlight deliveries not yet answered
 * @param lastError the last failed attempt in words, or null
 * @param nextAttemptMillis wall time of the next attempt (ms since the epoch), or 0
 */
public record SinkStatus(
    State state, int inFlight, @Nullable String lastError, long nextAttemptMillis) {

  /** The same, of a pump that keeps the store's time. */
  SinkStatus byWallClock(QueueStore store) {
    return nextAttemptMillis == 0
        ? this
        : new SinkStatus(state, inFlight, lastError, store.wallMillis(nextAttemptMillis));
  }

  /** Why a sink's queue moves or does not. */
  public enum State {
    /** Linked and taking messages. */
    CONNECTED,
    /** No link; messages wait. */
    WAITING,
    /** Linked, but the last attempts failed. */
    BACKING_OFF,
    /** The sink is well, but takes nothing of the sender whose queue it is. */
    PARKED,
    /** No route names the sink any more; messages wait for their deadline. */
    DETACHED;

    static State of(boolean routed, boolean linked, boolean failing) {
      if (!routed) {
        return DETACHED;
      }
      return linked ? failing ? BACKING_OFF : CONNECTED : WAITING;
    }
  }
}
