package dev.edgehub.store;

import java.util.Objects;

/**
 * Names a queue: one lane of one sink. To the store both parts are only a name.
 *
 * @param sink 1 to {@value #MOST_CHARACTERS} characters
 * @param priority 0 is the most urgent
 */
public record QueueId(String sink, int priority) {

  /** Well beyond what the names of sinks have: there are queues whose names say more. */
  private static final int MOST_CHARACTERS = 2_048;

  public QueueId {
    Objects.requireNonNull(sink, "sink");
    if (sink.isEmpty() || sink.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "a sink name has 1 to " + MOST_CHARACTERS + " characters, not " + sink.length());
    }
    if (priority < 0) {
      throw new IllegalArgumentException("a priority is at least 0, not " + priority);
    }
  }
}
