package dev.edgehub.deadletter;

import dev.edgehub.message.SinkId;
import dev.edgehub.store.QueueId;
import java.util.Optional;

/** The names of the queues that hold dead letters; no sink has such a name. */
public final class DeadLetterQueues {

  private static final String PREFIX = "dead-letters/";

  private DeadLetterQueues() {}

  /** The queue for the dead letters of a sink, of whatever priority they were. */
  public static QueueId of(SinkId sink) {
    return new QueueId(PREFIX + sink.name(), 0);
  }

  /** Whose dead letters a queue holds; empty when it is an ordinary queue. */
  public static Optional<SinkId> sinkOf(QueueId queue) {
    return queue.sink().startsWith(PREFIX)
        ? SinkId.parse(queue.sink().substring(PREFIX.length()))
        : Optional.empty();
  }
}
