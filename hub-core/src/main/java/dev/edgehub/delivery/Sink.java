package dev.edgehub.delivery;

import java.util.List;

/**
 * A link over which messages of one sink can be delivered now. When it breaks, it completes
 * everything it was given with {@link DeliveryOutcome#GONE}.
 */
public interface Sink {

  /**
   * Begins to deliver, in the order given, and returns at once. Each delivery is completed exactly
   * once, whatever happens to the link. Called by the sink's pump only, never by two threads at
   * once.
   */
  void deliver(List<Delivery> batch);
}
