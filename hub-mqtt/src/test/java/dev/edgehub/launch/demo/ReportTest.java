package dev.edgehub.launch.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {

  private static final Kill KILL =
      new Kill(
          42,
          Instant.parse("2026-01-01T00:00:00Z"),
          Instant.parse("2026-01-01T00:00:10Z"),
          Instant.parse("2026-01-01T00:00:11Z"));

  @Test
  void isGoodOnlyWhenSettledWithNothingLostAndCountersThatAgree() {
    assertTrue(report(true, 0, List.of()).good());
    assertFalse(report(false, 0, List.of()).good());
    assertFalse(report(true, 1, List.of()).good());
    assertFalse(report(true, 0, List.of("something")).good());
  }

  @Test
  void writesTheLedgerAndTheKillsAsJson() throws IOException {
    JsonNode json = new JsonMapper().readTree(report(true, 1, List.of("something")).toJson());

    assertEquals(10, json.path("accepted").asLong());
    assertEquals(5, json.path("delivered").asLong());
    assertEquals(4, json.path("filtered").asLong());
    assertEquals(1, json.path("lost").asLong());
    assertEquals(42, json.path("kills").path(0).path("pid").asLong());
    assertEquals("2026-01-01T00:00:11Z", json.path("kills").path(0).path("restartedAt").asText());
    assertEquals("something", json.path("hubCounters").path("disagreements").path(0).asText());
  }

  @Test
  void endsTheTextWithTheSummary() {
    List<String> text = ReportText.write(report(true, 0, List.of("something")));

    assertEquals(
        "accepted 10, delivered 5, expired 0, pending 0, filtered 4, duplicates 3, lost 0",
        text.get(text.size() - 1));
    assertTrue(text.contains("  THEY DISAGREE: something"), "" + text);
  }

  private static Report report(boolean settled, long lost, List<String> disagreements) {
    QueueFigures queue = new QueueFigures("queue", 0, 0, 10, 10, 0, 0);
    HopTally hop = new HopTally(10, 10 - lost, 0, 0, 3, lost, 0, 10, 13);
    return new Report(
        20,
        settled,
        new Tally(10, 5, 0, 0, 4, 3, lost, hop, hop),
        new Audit(queue, queue, queue, disagreements),
        List.of(KILL));
  }
}
