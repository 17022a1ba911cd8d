package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.StockClient;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The manifest file changes under a running hub. */
@Timeout(60)
final class ManifestIT {

  private static final String SENSOR = "devices/edge/modules/sensor/messages/events/";
  private static final String TO_IN1 = Manifests.of(Manifests.route("sensor", "filter", "in1"));
  private static final String TO_IN2 = Manifests.of(Manifests.route("sensor", "filter", "in2"));
  private static final String TO_BOTH =
      Manifests.of(
          Manifests.route("sensor", "filter", "in1"), Manifests.route("sensor", "filter", "in2"));

  @TempDir Path directory;

  @Test
  void aChangeOfRoutesLosesNoMessage() {
    try (LiveHub hub = LiveHub.start(directory, TO_IN1);
        StockClient filter = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/filter");
        StockClient sensor = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/sensor")) {
      filter.subscribe("devices/edge/modules/filter/inputs/#");
      int sent = 0;
      while (sent < 50) {
        sensor.publish(SENSOR, "" + sent++);
      }

      hub.replaceManifest(TO_IN2);
      while (inputs(filter).size() < 2 && sent < 100_000) {
        sensor.publish(SENSOR, "" + sent++);
      }
      // what still waits for the input that no route names is kept for it
      hub.replaceManifest(TO_BOTH);

      List<String> all = IntStream.range(0, sent).mapToObj(Integer::toString).toList();
      Await.until(
          () -> all.size() + " messages, found " + payloads(filter).size(),
          () -> payloads(filter).size() >= all.size());
      assertEquals(new HashSet<>(all), new HashSet<>(payloads(filter)));
      assertEquals(all.size(), payloads(filter).size());
    }
  }

  @Test
  void aBadManifestLeavesTheOldRoutesInForceAndSaysWhy() {
    try (LiveHub hub = LiveHub.start(directory, TO_IN1);
        StockClient filter = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/filter");
        StockClient sensor = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/sensor")) {
      filter.subscribe("devices/edge/modules/filter/inputs/#");
      assertEquals("ok", hub.health().path("status").asText());

      hub.replaceManifest(Manifests.of("FROM /* WHERE INTO nowhere"));
      Await.until("degraded", () -> hub.health().path("status").asText().equals("degraded"));
      sensor.publish(SENSOR, "still routed");

      assertEquals(List.of("still routed"), filter.await(1));
      String problem = hub.health().path("problems").path(0).asText();
      assertTrue(problem.contains("1 routes of the last good one are in force"), problem);
      hub.replaceManifest(TO_IN2);
      Await.until("ok again", () -> hub.health().path("status").asText().equals("ok"));
    }
  }

  @Test
  void aFileThatIsNotJsonIsRefusedToo() {
    try (LiveHub hub = LiveHub.start(directory, TO_IN1)) {
      hub.replaceManifest("{\"modulesContent\": ");

      Await.until("degraded", () -> hub.health().path("status").asText().equals("degraded"));

      String problem = hub.health().path("problems").path(0).asText();
      assertTrue(problem.contains("not JSON"), problem);
    }
  }

  @Test
  void theLastGoodManifestServesAfterARestartWithABadOne() {
    try (LiveHub hub = LiveHub.start(directory, TO_IN1)) {
      hub.stop();
      hub.replaceManifest("{");

      hub.startAgain();

      assertEquals("degraded", hub.health().path("status").asText());
      try (StockClient sensor = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/sensor")) {
        sensor.publish(SENSOR, "kept");
      }
      assertEquals(1, hub.depth("modules/filter/inputs/in1"));
    }
  }

  @Test
  void withoutAnyGoodManifestTheHubDoesNotStart() {
    HubException thrown =
        assertThrows(
            HubException.class,
            () -> LiveHub.start(directory, Manifests.of("FROM nonsense", "INTO too")));

    assertEquals(ErrorCode.MANIFEST_INVALID, thrown.code());
    String message = "" + thrown.getMessage();
    assertTrue(message.contains("manifest.json"), message);
    assertTrue(message.contains("r0") && message.contains("r1"), "every issue: " + message);
  }

  @Test
  void aManifestThatCannotBeReadStopsTheStartAndNothingIsLeftRunning() {
    HubException thrown =
        assertThrows(
            HubException.class,
            () -> LiveHub.start(directory, TO_IN1, "manifest=" + directory.resolve("absent.json")));

    assertEquals(ErrorCode.MANIFEST_INVALID, thrown.code());
    assertTrue(("" + thrown.getMessage()).contains("absent.json"), thrown.getMessage());
    try (LiveHub again = LiveHub.start(directory, TO_IN1)) {
      assertEquals("ok", again.health().path("status").asText());
    }
  }

  private static List<String> payloads(StockClient client) {
    return client.received().stream().map(StockClient.Message::payload).toList();
  }

  private static Set<String> inputs(StockClient client) {
    return client.received().stream()
        .map(message -> message.topic().split("/", -1)[5])
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
