package dev.edgehub.launch.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Where in the play we are, and what has happened. Any thread. */
final class Story {

  private static final int REMEMBERED = 6;

  private final int seconds;
  private final Consumer<String> teller;
  private final long beganNanos = System.nanoTime();
  private final Deque<String> events = new ArrayDeque<>();
  private volatile Scene scene = Scene.FLOW;

  /**
   * A story that begins now.
   *
   * @param teller told of each event as it happens
   */
  Story(int seconds, Consumer<String> teller) {
    this.seconds = seconds;
    this.teller = teller;
  }

  int seconds() {
    return seconds;
  }

  long elapsedMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
  }

  Scene scene() {
    return scene;
  }

  void begin(Scene next) {
    scene = next;
  }

  /** Something happened. */
  void tell(String event) {
    String line = Figures.clock(elapsedMillis()) + "  " + event;
    synchronized (events) { // the screen reads them
      events.addLast(line);
      if (events.size() > REMEMBERED) {
        events.removeFirst();
      }
    }
    teller.accept(line);
  }

  /** The latest events, oldest first. */
  List<String> events() {
    synchronized (events) { // the director adds to them
      return List.copyOf(events);
    }
  }
}
