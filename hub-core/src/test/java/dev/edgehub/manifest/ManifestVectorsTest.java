package dev.edgehub.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.routing.RouteTable;
import dev.edgehub.routing.RouteTableResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The manifests of the deployment cases, as far as this version judges them: the hub's section and
 * its routes.
 */
class ManifestVectorsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Left to later versions, which read what these rows are about: the sections of the agent and of
   * modules, layers, and the broker's statements (deployment.md 2, 4, 7, 9).
   */
  private static final Set<String> LATER =
      Set.of(
          "wrong-section-key.json",
          "layered-mixed-with-full-agent.json",
          "layered-system-module.json",
          "twin-key-with-dollar.json",
          "twin-string-too-long.json",
          "twin-too-large.json",
          "broker-no-identities.json",
          "broker-bridge-no-settings.json",
          "broker-unknown-variable.json");

  @TestFactory
  Stream<DynamicTest> judgesTheHubSectionAsTheIndexSays() throws IOException {
    JsonNode index = JSON.readTree(bytes("index.json"));
    return StreamSupport.stream(index.get("manifests").spliterator(), false)
        .filter(row -> !LATER.contains(file(row)))
        .map(row -> dynamicTest(file(row), () -> judge(row)));
  }

  private static String file(JsonNode row) {
    return row.get("file").asText().substring("manifests/".length());
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream in = ManifestVectorsTest.class.getResourceAsStream("/manifests/" + file)) {
      return in.readAllBytes();
    }
  }

  private static void judge(JsonNode row) throws IOException {
    ManifestResult result = ManifestReader.read(bytes(file(row)));

    // null: the section is never applied, which for the hub alone means refused
    if (row.get("edgeHubStatus").asInt(400) == 400) {
      assertTrue(isRefused(result), result.toString());
      return;
    }
    Manifest manifest = assertInstanceOf(ManifestResult.Accepted.class, result).manifest();
    assertInstanceOf(RouteTableResult.Compiled.class, RouteTable.compile(manifest));
    assertEquals(row.get("storeAndForwardTtlSecs").asLong(), manifest.timeToLiveSecs());
    assertEquals(expectedRoutes(row), routes(manifest));
  }

  private static boolean isRefused(ManifestResult result) {
    return result instanceof ManifestResult.Rejected
        || RouteTable.compile(((ManifestResult.Accepted) result).manifest())
            instanceof RouteTableResult.Rejected;
  }

  private static Map<String, RouteSpec> routes(Manifest manifest) {
    Map<String, RouteSpec> routes = new TreeMap<>();
    manifest.routes().forEach(route -> routes.put(route.name(), route));
    return routes;
  }

  private static Map<String, RouteSpec> expectedRoutes(JsonNode row) {
    Map<String, RouteSpec> routes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> route : row.get("routes").properties()) {
      JsonNode value = route.getValue();
      routes.put(
          route.getKey(),
          new RouteSpec(
              route.getKey(),
              value.get("route").asText(),
              value.get("priority").asInt(),
              value.get("timeToLiveSecs").asLong()));
    }
    return routes;
  }
}
