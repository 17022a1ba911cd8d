package dev.edgehub.routing;

import dev.edgehub.message.SinkId;
import dev.edgehub.store.QueueId;
import java.util.Objects;

/**
 * Where one message goes, by which route.
 *
 * @param route the name of the route that won the sink
 * @param queue of that sink and the route's priority
 * @param timeToLiveSecs in force for the message: of the route, else of the manifest; negative =
 *     for ever, 0 = until the next clean-up
 * @param maxQueueBytes the message is added while the queue holds fewer bytes than this; at least
 *     1, or 0 for no limit
 */
public record RouteTarget(
    String route, SinkId sink, QueueId queue, long timeToLiveSecs, long maxQueueBytes) {

  /** Where the time to live is 0: the shortest time to the original's next clean-up. */
  private static final long CLEAN_UP_MILLIS = 30_000;

  public RouteTarget {
    Objects.requireNonNull(route, "route");
    Objects.requireNonNull(sink, "sink");
    Objects.requireNonNull(queue, "queue");
  }

  public int priority() {
    return queue.priority();
  }

  /**
   * The deadline of a message accepted now.
   *
   * @param nowMillis the store's time (ms since the epoch)
   * @return by the same clock, or {@link Long#MAX_VALUE} for never
   */
  public long deadlineMillis(long nowMillis) {
    if (timeToLiveSecs < 0) {
      return Long.MAX_VALUE;
    }
    return nowMillis + (timeToLiveSecs == 0 ? CLEAN_UP_MILLIS : 1_000 * timeToLiveSecs);
  }
}
