package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.StockClient;
import dev.edgehub.mqtt.testing.WirePeer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with dead letters and queues, by commands against a running hub. */
@Timeout(120)
final class OperatorIT {

  private static final String SENSOR = "devices/edge/modules/sensor/messages/events/$.on=";
  private static final String IN1 = "modules/filter/inputs/in1";
  private static final String TO_FILTER =
      "FROM /messages/modules/sensor/outputs/hot INTO BrokeredEndpoint(\"/" + IN1 + "\")";
  private static final String TO_UPSTREAM =
      "FROM /messages/modules/sensor/outputs/cold INTO $upstream";

  @TempDir Path directory;
  private LiveHub hub;

  @BeforeEach
  void start() {
    hub = LiveHub.start(directory, Manifests.of(TO_FILTER, TO_UPSTREAM), "limits.poisonCloses=2");
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void publish(String output, String... bodies) {
    try (StockClient sensor = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/sensor")) {
      for (String body : bodies) {
        sensor.publish(SENSOR + output, body);
      }
    }
  }

  /** Makes the first waiting message of the filter's input a dead letter. */
  private void poison() {
    long before = deadLetters();
    for (int close = 0; close < 2; close++) {
      try (WirePeer filter = WirePeer.connected(hub.port(), "edge/filter")) {
        if (close == 0) {
          filter.send(Packets.subscribe(1, 1, "devices/edge/modules/filter/inputs/#"));
        }
        while (filter.receive().type() != 3) {} // breaks off with the message under way
      }
    }
    Await.until("a dead letter", () -> deadLetters() > before);
  }

  private long deadLetters() {
    long count = 0;
    for (JsonNode sink : LiveHub.json(hub.fetch("/api/dead-letters").body()).path("sinks")) {
      count += sink.path("count").asLong();
    }
    return count;
  }

  private JsonNode queue(String sink) {
    for (JsonNode queue : LiveHub.json(hub.fetch("/api/queues").body()).path("queues")) {
      if (queue.path("sink").asText().equals(sink)) {
        return queue;
      }
    }
    throw new AssertionError("no queue " + sink);
  }

  private Ran run(int expected, String... command) {
    String[] all = new String[command.length + 2];
    System.arraycopy(command, 0, all, 0, command.length);
    all[command.length] = "--set";
    all[command.length + 1] = "dataDir=" + hub.dataDir();
    try (Console console = new Console()) {
      int status = console.run(all);
      Ran ran = new Ran(console.out(), console.err());
      assertEquals(expected, status, ran.toString());
      return ran;
    }
  }

  private record Ran(String out, String err) {}

  @Test
  void looksAtADeadLetterAndPutsItBack() {
    publish("hot&colour=red", "{\"t\":1}", "b");
    poison();

    String sinks = run(0, "queues", "dead-letters", "list").out();
    String list = run(0, "queues", "dead-letters", "list", IN1).out();
    String shown = run(0, "queues", "dead-letters", "show", IN1, "0").out();
    JsonNode json =
        LiveHub.json(run(0, "queues", "dead-letters", "show", "--json", IN1, "0").out());
    String table = run(0, "queues").out();

    assertTrue(sinks.matches("(?s)SINK +DEAD LETTERS +BYTES.*" + IN1 + " +1 +\\d+ .*"), sinks);
    assertTrue(list.matches("(?s)ID +SINCE +CAUSE.*\n0 +2\\S+Z +poison +2 +- +.*closed 2 times.*"));
    assertTrue(shown.contains("properties.colour") && shown.contains("{\"t\":1}"), shown);
    assertEquals("red", json.path("properties").path("colour").asText());
    assertEquals("utf-8", json.path("bodyEncoding").asText());
    assertFalse(table.contains("dead-letters"), table);
    assertEquals(1, queue(IN1).path("deadLettered").asLong());

    Ran retried = run(0, "queues", "dead-letters", "retry", IN1, "0");
    assertEquals(IN1 + ": 1 dead letter retried\n", retried.out());
    try (StockClient filter = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/filter")) {
      filter.subscribe("devices/edge/modules/filter/inputs/#");
      assertEquals(List.of("b", "{\"t\":1}"), filter.await(2));
    }
    Await.until("empty", () -> queue(IN1).path("depth").asLong() == 0);
    assertEquals(0, queue(IN1).path("difference").asLong());
    assertEquals(3, queue(IN1).path("appended").asLong());
  }

  @Test
  void dropsDeadLetters() {
    publish("hot", "a", "b");
    poison();

    Ran dropped = run(0, "queues", "dead-letters", "drop", IN1, "0");
    Ran again = run(2, "queues", "dead-letters", "drop", "--yes", IN1, "0");
    Ran all = run(0, "queues", "dead-letters", "drop", "--yes", IN1);

    assertEquals(IN1 + ": 1 dead letter dropped\n", dropped.out());
    assertTrue(again.err().contains("has no dead letter 0"), again.err());
    assertEquals(IN1 + ": 0 dead letters dropped\n", all.out());
    String metrics = hub.fetch("/metrics", "").body();
    assertTrue(
        metrics.lines().anyMatch(line -> line.matches(".*reason=\"dead_letter_dropped\".* 1.0")));
    assertTrue(
        metrics
            .lines()
            .anyMatch(line -> line.matches("edgehub_deadletters\\{.*" + IN1 + ".* 0.0")));
    for (String line : metrics.lines().toList()) {
      if (line.startsWith("edgehub_queue_conservation_difference{")) {
        assertTrue(line.endsWith(" 0.0"), line);
      }
    }
  }

  @Test
  void keepsADetachedQueueAndPurgesIt() {
    publish("cold", "a", "b", "c");
    hub.replaceManifest(Manifests.of(TO_FILTER));
    Await.until("detached", () -> queue("upstream").path("state").asText().equals("detached"));
    String since = queue("upstream").path("detachedSince").asText();
    hub.stop();
    hub.startAgain();
    Await.until("detached", () -> queue("upstream").path("state").asText().equals("detached"));

    assertEquals(since, queue("upstream").path("detachedSince").asText());
    assertTrue(run(0, "queues").out().contains("detached since " + since));
    assertEquals("upstream: 3 messages dropped\n", run(0, "queues", "purge", "upstream").out());
    assertEquals(3, queue("upstream").path("dropped").asLong());
    assertEquals(0, queue("upstream").path("depth").asLong());
    assertEquals(0, queue("upstream").path("difference").asLong());
  }

  @Test
  void saysWhatIsWrongWithARequest() {
    assertTrue(run(2, "queues", "purge", "nonsense").err().contains("expected the name of a sink"));
    assertTrue(run(2, "queues", "purge", "modules/a/inputs/b").err().contains("no queue"));
    assertTrue(
        run(2, "queues", "purge", "upstream", "--priority", "-1").err().contains("priority:"));
    assertTrue(
        run(2, "queues", "dead-letters", "retry", "upstream", "--ttl", "0").err().contains("ttl:"));
    assertEquals("no dead letters\n", run(0, "queues", "dead-letters", "list").out());
  }

  @Test
  void wantsTheTokenAndTheRightMethod() {
    assertEquals(401, hub.fetch("/api/dead-letters", "").statusCode());
    assertEquals(405, hub.fetch("/api/queues/purge?queue=upstream").statusCode());
  }
}
