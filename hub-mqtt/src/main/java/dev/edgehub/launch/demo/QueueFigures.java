package dev.edgehub.launch.demo;

import java.util.List;

/** What a hub says of one of its queues. The counters go on across its runs. */
record QueueFigures(
    String sink,
    long depth,
    double oldestAgeSeconds,
    long appended,
    long delivered,
    long expired,
    long dropped) {

  /** The queue of that sink; an empty one when the hub has none. */
  static QueueFigures of(String sink, List<QueueFigures> queues) {
    return queues.stream()
        .filter(queue -> queue.sink.equals(sink))
        .findFirst()
        .orElse(new QueueFigures(sink, 0, 0, 0, 0, 0, 0));
  }
}
