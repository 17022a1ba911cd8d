package dev.edgehub.launch.demo;

import java.util.List;

/**
 * One moment of the play, as it is shown.
 *
 * @param seconds how long the play is to take
 * @param hub what the edge hub does, in words
 * @param upstream state of the edge hub's link to upstream, in words
 * @param events what has happened, oldest first
 */
record Picture(
    long elapsedMillis,
    int seconds,
    Scene scene,
    List<Route> routes,
    String hub,
    String upstream,
    Ledger.Counts counts,
    List<String> events) {

  /**
   * A route and its queue.
   *
   * @param acceptedPerSecond acknowledged to the sender
   * @param arrivedPerSecond received by the receiver
   * @param depth waiting in the queue, as the hub says
   */
  record Route(
      String name,
      String way,
      double acceptedPerSecond,
      double arrivedPerSecond,
      long depth,
      double oldestAgeSeconds) {}

  /** Accepted, and not yet at an end. */
  long underWay() {
    return Math.max(0, counts.firstAccepted() - counts.delivered() - counts.filtered());
  }
}
