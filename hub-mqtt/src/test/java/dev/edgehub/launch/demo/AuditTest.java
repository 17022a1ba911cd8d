package dev.edgehub.launch.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AuditTest {

  private static final Tally TALLY =
      new Tally(
          10,
          6,
          0,
          0,
          4,
          3,
          0,
          new HopTally(10, 10, 0, 0, 2, 0, 0, 11, 12),
          new HopTally(6, 6, 0, 0, 1, 0, 0, 6, 7));

  @Test
  void findsNothingWhenCountersTellTheSameStory() {
    List<String> found = audit(queue(Camera.FILTER_INPUT, 11, 11, 0));

    assertEquals(List.of(), found);
  }

  @Test
  void findsAnEntryThatTheHubCountsAndNobodyReceived() {
    List<String> found = audit(queue(Camera.FILTER_INPUT, 12, 12, 0));

    assertEquals(
        List.of(
            "filtermodule received another number of entries than the edge hub delivered to it:"
                + " 11, expected 12"),
        found);
  }

  @Test
  void findsAnEntryThatWaitsThoughNothingIsPending() {
    List<String> found = audit(queue(Camera.FILTER_INPUT, 11, 10, 1));

    assertEquals(List.of("sensor to filter: nothing is pending, but entries wait: 0 and 1"), found);
  }

  @Test
  void findsFiguresThatDoNotAddUp() {
    List<String> found = audit(new QueueFigures(Camera.FILTER_INPUT, 0, 0, 12, 11, 0, 0));

    assertEquals(1, found.size());
    assertTrue(found.get(0).contains("do not add up"), found.get(0));
  }

  private static List<String> audit(QueueFigures filter) {
    return Audit.of(
            TALLY,
            List.of(filter, queue(Camera.UPSTREAM, 6, 6, 0)),
            List.of(queue(Camera.CLOUD_INPUT, 7, 7, 0)))
        .disagreements();
  }

  private static QueueFigures queue(String sink, long stored, long delivered, long depth) {
    return new QueueFigures(sink, depth, 0, stored, delivered, 0, 0);
  }
}
