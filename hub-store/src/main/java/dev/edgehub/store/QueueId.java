package dev.edgehub.store;

import java.util.Objects;

/**
 * Names a queue: one lane of one sink. To the store both parts are only a name.
 *
 * @param sink 1 to 1,024 characters
 * @param priority 0 is the most urgent
 */
public record QueueId(String sink, int priority) {

  public QueueId {
    Objects.requireNonNull(sink, "sink");
    if (sink.isEmpty() || sink.length() > 1_024) {
      throw new IllegalArgumentException(
          "a sink name has 1 to 1024 characters, not " + sink.length());
    }
    if (priority < 0) {
      throw new IllegalArgumentException("a priority is at least 0, not " + priority);
    }
  }
}
