package dev.edgehub.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The queues that hold as much as entries meant for them allow, and what the listener is told of
 * it. Such an incident ends when an eighth of the limit is free again. Writer thread only.
 */
final class QueueLimits {

  private final Callbacks callbacks;
  private final Map<QueueState, Incident> incidents = new LinkedHashMap<>();

  /**
   * @param maxBytes the lowest limit that was met
   * @param evictedBefore what the queue had lost by eviction until then
   */
  private record Incident(long maxBytes, long evictedBefore) {}

  QueueLimits(Callbacks callbacks) {
    this.callbacks = callbacks;
  }

  /** A queue has met a limit. */
  void met(QueueState queue, long maxBytes, String consequence) {
    Incident known = incidents.get(queue);
    if (known == null) {
      String why =
          "the queue " + queue.id() + " holds " + queue.bytes() + " bytes, its route allows ";
      callbacks.tell(listener -> listener.queueFull(queue.id(), why + maxBytes + consequence));
      incidents.put(queue, new Incident(maxBytes, queue.head().left().evicted()));
    } else if (maxBytes < known.maxBytes()) {
      incidents.put(queue, new Incident(maxBytes, known.evictedBefore()));
    }
  }

  /** Ends the incidents of queues that have room again. */
  void look() {
    if (incidents.isEmpty()) {
      return;
    }
    Iterator<Map.Entry<QueueState, Incident>> all = incidents.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<QueueState, Incident> entry = all.next();
      QueueState queue = entry.getKey();
      Incident incident = entry.getValue();
      if (queue.bytes() < incident.maxBytes() - incident.maxBytes() / 8) {
        all.remove();
        long evicted = queue.head().left().evicted() - incident.evictedBefore();
        callbacks.tell(listener -> listener.queueSpaceReturned(queue.id(), evicted));
      }
    }
  }
}
