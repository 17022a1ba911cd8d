package dev.edgehub.launch.demo;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Takes the pictures: the clients' rates, and what the edge hub says of its queues. */
final class Camera {

  static final String FILTER_INPUT = "modules/filtermodule/inputs/input1";
  static final String UPSTREAM = "upstream";
  static final String CLOUD_INPUT = "modules/cloudApp/inputs/in";

  /** Rates are means over this long. */
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Stage stage;
  private final Ledger ledger;
  private final Story story;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private volatile List<QueueFigures> queues = List.of();
  private volatile String upstream = "unknown";

  private record Sample(long nanos, Ledger.Counts counts) {}

  Camera(Stage stage, Ledger ledger, Story story) {
    this.stage = stage;
    this.ledger = ledger;
    this.story = story;
  }

  /** Asks the edge hub; while it does not answer, its queues are as they were last seen. */
  void poll() {
    try {
      queues = stage.edgeQueues();
      upstream = stage.upstreamState();
    } catch (IOException e) {
      upstream = "unknown, the edge hub does not answer";
    }
  }

  /** The present moment; on one thread. */
  Picture take() {
    Sample now = new Sample(System.nanoTime(), ledger.counts());
    samples.addLast(now);
    while (now.nanos - samples.getFirst().nanos > WINDOW_NANOS && samples.size() > 2) {
      samples.removeFirst();
    }
    Sample then = samples.getFirst();
    double seconds = Math.max(1, now.nanos - then.nanos) / 1e9;
    Ledger.Counts a = then.counts;
    Ledger.Counts b = now.counts;
    return new Picture(
        story.elapsedMillis(),
        story.seconds(),
        story.scene(),
        List.of(
            route(
                "sensorToFilter",
                "tempSensor -> filtermodule",
                (b.firstAccepted() - a.firstAccepted()) / seconds,
                (b.firstArrived() - a.firstArrived()) / seconds,
                FILTER_INPUT),
            route(
                "filterToCloud",
                "filtermodule -> $upstream",
                (b.secondAccepted() - a.secondAccepted()) / seconds,
                (b.secondArrived() - a.secondArrived()) / seconds,
                UPSTREAM)),
        stage.edgeState(),
        upstream,
        b,
        story.events());
  }

  private Picture.Route route(String name, String way, double in, double out, String sink) {
    QueueFigures queue = QueueFigures.of(sink, queues);
    return new Picture.Route(name, way, in, out, queue.depth(), queue.oldestAgeSeconds());
  }
}
