package dev.edgehub.hub;

import dev.edgehub.message.SinkId;
import dev.edgehub.store.DocumentStore;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Since when no route names a sink whose queue is still there. It is kept on the disk, so that a
 * restart does not make old things look new. Any thread may use it.
 */
final class DetachedSinks {

  private static final Logger log = LoggerFactory.getLogger(DetachedSinks.class);
  private static final String COLLECTION = "detached";

  private final DocumentStore documents;
  private final Map<String, Long> since = new HashMap<>();

  DetachedSinks(DocumentStore documents) {
    this.documents = documents;
    documents
        .all(COLLECTION)
        .forEach(
            (sink, value) -> {
              if (value.length == Long.BYTES) {
                since.put(sink, ByteBuffer.wrap(value).getLong());
              }
            });
  }

  /**
   * Routes have come into force.
   *
   * @param routed the sinks that they name
   * @param queued the sinks that have a queue
   */
  synchronized void serve(Set<SinkId> routed, Set<SinkId> queued, long nowMillis) {
    Set<String> named = new HashSet<>();
    routed.forEach(sink -> named.add(sink.name()));
    for (SinkId sink : queued) {
      if (!named.contains(sink.name()) && since.putIfAbsent(sink.name(), nowMillis) == null) {
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(nowMillis).array();
        documents.put(COLLECTION, sink.name(), value, outcome -> {});
        log.info("No route names a sink any more; its messages wait for their deadline: {}", sink);
      }
    }
    for (String sink : Set.copyOf(since.keySet())) {
      if (named.contains(sink)) {
        since.remove(sink);
        documents.remove(COLLECTION, sink, outcome -> {});
        log.info("A route names a sink again; its messages go on: {}", sink);
      }
    }
  }

  /** Wall time (ms since the epoch), or 0 when a route names the sink. */
  synchronized long sinceMillis(SinkId sink) {
    return since.getOrDefault(sink.name(), 0L);
  }
}
