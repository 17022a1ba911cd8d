package dev.edgehub.hub;

import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueStats;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once of a queue that its figures do not add up: a defect of the hub, never an incident. */
final class Conservation {

  private static final Logger log = LoggerFactory.getLogger(Conservation.class);

  private final Set<QueueId> told = new HashSet<>();

  synchronized void check(List<QueueStats> queues) {
    for (QueueStats queue : queues) {
      if (queue.difference() != 0 && told.add(queue.queue())) {
        log.error(
            "The figures of a queue do not add up, which is a defect of this hub: please report it"
                + " queue={} difference={} appended={} left={} depth={}",
            queue.queue(),
            queue.difference(),
            queue.appended(),
            queue.left(),
            queue.depth());
      }
    }
  }
}
