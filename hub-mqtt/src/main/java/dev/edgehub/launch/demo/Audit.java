package dev.edgehub.launch.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * The hubs' own counters, held against the ledger. A hub counts entries of queues and not readings:
 * a reading that was sent again because its acknowledgement was lost, and stored both times, is two
 * entries. Receivers can tell them apart, because each entry has its own id, so that {@code
 * delivered} is checked to the entry.
 *
 * @param filterQueue at the edge hub, towards the filter module
 * @param upstreamQueue at the edge hub, towards upstream
 * @param cloudQueue at the parent, towards the application
 * @param disagreements in words; none when ledger and counters tell the same story
 */
record Audit(
    QueueFigures filterQueue,
    QueueFigures upstreamQueue,
    QueueFigures cloudQueue,
    List<String> disagreements) {

  Audit {
    disagreements = List.copyOf(disagreements);
  }

  static Audit of(Tally tally, List<QueueFigures> edge, List<QueueFigures> cloud) {
    QueueFigures filter = QueueFigures.of(Camera.FILTER_INPUT, edge);
    QueueFigures upstream = QueueFigures.of(Camera.UPSTREAM, edge);
    QueueFigures app = QueueFigures.of(Camera.CLOUD_INPUT, cloud);
    HopTally first = tally.sensorToFilter();
    HopTally second = tally.filterToCloud();
    Findings found = new Findings();
    for (QueueFigures queue : List.of(filter, upstream, app)) {
      String name = "the hub's figures of queue " + queue.sink();
      found.equal(
          name + " do not add up: stored, against delivered + expired + dropped + waiting",
          queue.appended(),
          queue.delivered() + queue.expired() + queue.dropped() + queue.depth());
      found.equal(name + ": dropped, against none", queue.dropped(), 0);
    }
    found.within(
        "filtermodule received another number of entries than the edge hub delivered to it",
        first.entries(),
        filter.delivered(),
        filter.delivered() + filter.depth());
    found.within(
        "the edge hub delivered another number of entries to upstream than cloudApp received",
        second.entries(),
        upstream.delivered() - app.depth(),
        upstream.delivered() + upstream.depth());
    found.within(
        "cloudApp received another number of messages than the parent delivered to it",
        second.arrivals(),
        app.delivered(),
        app.delivered() + app.depth());
    found.hop("sensor to filter", first, filter, filter.depth(), filter.expired());
    found.hop(
        "filter to cloud",
        second,
        upstream,
        upstream.depth() + app.depth(),
        upstream.expired() + app.expired());
    return new Audit(filter, upstream, app, found.texts);
  }

  /** Gathers what does not agree. */
  private static final class Findings {
    private final List<String> texts = new ArrayList<>();

    void hop(String name, HopTally clients, QueueFigures queue, long depth, long expired) {
      within(
          name + ": the hub stored fewer entries than readings it acknowledged",
          queue.appended(),
          clients.accepted(),
          Long.MAX_VALUE);
      equal(name + ": expired, by the ledger and by the hub", clients.expired(), expired);
      within(name + ": pending, against what waits", clients.pending(), 0, depth);
      if (clients.pending() == 0) {
        equal(name + ": nothing is pending, but entries wait", 0, depth);
      }
    }

    void equal(String what, long left, long right) {
      if (left != right) {
        texts.add(what + ": " + left + " and " + right);
      }
    }

    void within(String what, long value, long least, long most) {
      if (value < least || value > most) {
        String bounds = least == most ? "" + least : least + " to " + most;
        texts.add(what + ": " + value + ", expected " + bounds);
      }
    }
  }
}
