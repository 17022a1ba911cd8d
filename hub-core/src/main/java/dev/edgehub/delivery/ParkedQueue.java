package dev.edgehub.delivery;

import dev.edgehub.message.Identity;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.QueueId;
import java.util.Optional;

/**
 * Names the queue of a sender that its sink takes nothing of for now: {@code
 * parked/SINK/from/SENDER}. Neither a sink nor a queue of dead letters has such a name.
 *
 * @param priority that of the queue its messages were in
 */
public record ParkedQueue(SinkId sink, Identity sender, int priority) {

  private static final String PREFIX = "parked/";
  private static final String FROM = "/from/";

  QueueId id() {
    return new QueueId(PREFIX + sink.name() + FROM + sender.id(), priority);
  }

  /** What a queue's name says; empty when it is not one of these. */
  public static Optional<ParkedQueue> of(QueueId queue) {
    String name = queue.sink();
    if (!name.startsWith(PREFIX)) {
      return Optional.empty();
    }
    // a module, an input or a sender may be called "from", too; what is around it decides
    for (int at = name.indexOf(FROM); at >= 0; at = name.indexOf(FROM, at + 1)) {
      Optional<SinkId> sink =
          at < PREFIX.length()
              ? Optional.empty()
              : SinkId.parse(name.substring(PREFIX.length(), at));
      Optional<Identity> sender = Identity.parse(name.substring(at + FROM.length()));
      if (sink.isPresent() && sender.isPresent()) {
        return Optional.of(new ParkedQueue(sink.get(), sender.get(), queue.priority()));
      }
    }
    return Optional.empty();
  }
}
