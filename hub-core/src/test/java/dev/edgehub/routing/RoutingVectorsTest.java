package dev.edgehub.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.lang.CompileLimits;
import dev.edgehub.lang.CompileResult;
import dev.edgehub.lang.CompiledRoute;
import dev.edgehub.lang.RouteCompiler;
import dev.edgehub.manifest.Manifest;
import dev.edgehub.manifest.ManifestReader;
import dev.edgehub.manifest.ManifestResult;
import dev.edgehub.manifest.RouteSpec;
import dev.edgehub.message.SinkId;
import dev.edgehub.routing.body.BodyPaths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every case of the vector files through the hub: manifests are read, tables compiled,
 * messages adapted, bodies parsed by the code that does it in service.
 */
class RoutingVectorsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long MANIFEST_TTL = 7_200;
  private static final List<String> FILES =
      List.of(
          "arithmetic",
          "body",
          "body-encoding",
          "concat-coalesce",
          "config",
          "decisions",
          "dispatch",
          "equality",
          "fn-math",
          "fn-string",
          "fn-type",
          "literals",
          "logic",
          "ordering",
          "properties",
          "route-parse",
          "route-source",
          "syntax");

  @TestFactory
  Stream<DynamicContainer> answersAsTheVectorsSay() {
    return FILES.stream().map(file -> dynamicContainer(file, cases(read(file))));
  }

  @Test
  void missesNoCase() {
    Map<String, Integer> counts = new TreeMap<>();
    for (String file : FILES) {
      read(file)
          .get("cases")
          .forEach(test -> counts.merge(test.get("kind").asText(), 1, Integer::sum));
    }

    assertEquals(
        Map.of("condition", 635, "parse", 54, "source", 71, "dispatch", 20, "config", 14), counts);
  }

  private static JsonNode read(String file) {
    try (InputStream in =
        RoutingVectorsTest.class.getResourceAsStream("/routing/" + file + ".json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("vector file " + file, e);
    }
  }

  private static Stream<DynamicNode> cases(JsonNode file) {
    return StreamSupport.stream(file.get("cases").spliterator(), false)
        .map(
            test ->
                dynamicTest(
                    test.get("id").asText() + " " + test.path("why").asText(),
                    () -> run(file, test)));
  }

  private static void run(JsonNode file, JsonNode test) {
    switch (test.get("kind").asText()) {
      case "condition" -> runCondition(file, test);
      case "parse" -> runParse(test);
      case "source" -> runSource(test);
      case "dispatch" -> runDispatch(test);
      case "config" -> runConfig(test);
      default -> throw new IllegalStateException("unknown kind of case: " + test);
    }
  }

  private static VectorMessage message(JsonNode file, JsonNode test) {
    JsonNode message = test.get("message");
    return new VectorMessage(
        message.isTextual() ? file.get("messages").get(message.asText()) : message);
  }

  private static void runCondition(JsonNode file, JsonNode test) {
    String text = "FROM /messages WHERE\n" + test.get("condition").asText() + "\nINTO $upstream";
    RouteTableResult result = compile(Map.of("r", text));
    String expected = test.get("expect").asText();
    if (expected.equals("error")) {
      assertInstanceOf(RouteTableResult.Rejected.class, result);
      return;
    }

    VectorMessage message = message(file, test);
    CompiledRoute route = route(text);
    String answer =
        route.condition().evaluate(message.view(new BodyPaths(route.bodyPaths()))).name();

    assertEquals(expected, answer.toLowerCase(Locale.ROOT));
    assertRouted(result, message, expected.equals("true"));
  }

  private static void assertRouted(RouteTableResult result, VectorMessage message, boolean routed) {
    RouteTable table = assertInstanceOf(RouteTableResult.Compiled.class, result).table();
    assertEquals(routed ? 1 : 0, table.route("/messages/", message.view(table.bodyPaths())).size());
  }

  private static void runParse(JsonNode test) {
    String text = test.get("route").asText();
    RouteTableResult result = compile(Map.of("r", text));
    if (test.get("expect").asText().equals("error")) {
      assertInstanceOf(RouteTableResult.Rejected.class, result);
      return;
    }

    RouteTable table = assertInstanceOf(RouteTableResult.Compiled.class, result).table();

    // the text of the condition is looked at by the language's own run of these files
    JsonNode parsed = test.get("parsed");
    assertEquals(parsed.get("sourcePrefix").asText(), route(text).source().prefix());
    assertEquals(Set.of(sink(parsed.get("sink"))), table.sinks());
  }

  private static void runSource(JsonNode test) {
    String text = "FROM " + test.get("source").asText() + " INTO $upstream";
    RouteTableResult result = compile(Map.of("r", text));
    RouteTable table = assertInstanceOf(RouteTableResult.Compiled.class, result).table();
    VectorMessage message = new VectorMessage(test.get("message"));

    List<RouteTarget> targets = table.route(message.path(), message.view(table.bodyPaths()));

    assertEquals(test.get("expect").asBoolean(), !targets.isEmpty());
  }

  private static void runDispatch(JsonNode test) {
    Manifest manifest = accepted(manifest("1.1", test.get("routes")));
    RouteTable table =
        assertInstanceOf(RouteTableResult.Compiled.class, RouteTable.compile(manifest)).table();
    VectorMessage message = new VectorMessage(test.get("message"));

    List<RouteTarget> targets = table.route(message.path(), message.view(table.bodyPaths()));

    Set<List<Object>> deliveries = new HashSet<>();
    for (RouteTarget target : targets) {
      deliveries.add(List.of(target.sink(), target.priority(), target.timeToLiveSecs()));
    }
    assertEquals(targets.size(), deliveries.size());
    assertEquals(deliveries(test.get("expect").get("deliveries")), deliveries);
  }

  private static Set<List<Object>> deliveries(JsonNode expected) {
    Set<List<Object>> deliveries = new HashSet<>();
    for (JsonNode delivery : expected) {
      long ttl = delivery.get("routeTtlSecs").asLong();
      deliveries.add(
          List.of(
              sink(delivery.get("sink")),
              delivery.get("priority").asInt(),
              ttl == 0 ? MANIFEST_TTL : ttl));
    }
    return deliveries;
  }

  private static void runConfig(JsonNode test) {
    byte[] json = manifest(test.get("schemaVersion").asText(), test.get("routes"));
    ManifestResult read = ManifestReader.read(json);
    boolean ok =
        read instanceof ManifestResult.Accepted accepted
            && RouteTable.compile(accepted.manifest()) instanceof RouteTableResult.Compiled;

    assertEquals(test.get("expect").asText().equals("ok"), ok, () -> read.toString());

    if (ok) {
      Map<String, List<Object>> routes = new HashMap<>();
      accepted(json)
          .routes()
          .forEach(
              route -> routes.put(route.name(), List.of(route.priority(), route.timeToLiveSecs())));
      Map<String, List<Object>> expected = new HashMap<>();
      for (Map.Entry<String, JsonNode> route : test.get("parsed").properties()) {
        expected.put(
            route.getKey(),
            List.of(
                route.getValue().get("priority").asInt(),
                route.getValue().get("routeTtlSecs").asLong()));
      }
      assertEquals(expected, routes);
    }
  }

  private static SinkId sink(JsonNode sink) {
    return sink.get("type").asText().equals("upstream")
        ? SinkId.UPSTREAM
        : new SinkId.ModuleInput(sink.get("moduleId").asText(), sink.get("input").asText());
  }

  private static CompiledRoute route(String text) {
    CompileResult result = new RouteCompiler(CompileLimits.DEFAULT).compile("r", text);
    return assertInstanceOf(CompileResult.Compiled.class, result).route();
  }

  private static RouteTableResult compile(Map<String, String> routes) {
    List<RouteSpec> specs =
        routes.entrySet().stream()
            .map(
                route ->
                    new RouteSpec(route.getKey(), route.getValue(), RouteSpec.DEFAULT_PRIORITY, 0))
            .toList();
    return RouteTable.compile(new Manifest(specs, MANIFEST_TTL));
  }

  private static Manifest accepted(byte[] json) {
    return assertInstanceOf(ManifestResult.Accepted.class, ManifestReader.read(json)).manifest();
  }

  private static byte[] manifest(String schemaVersion, JsonNode routes) {
    ObjectNode desired = JsonNodeFactory.instance.objectNode();
    desired.put("schemaVersion", schemaVersion);
    desired.set("routes", routes);
    desired.putObject("storeAndForwardConfiguration").put("timeToLiveSecs", MANIFEST_TTL);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putObject("modulesContent").putObject("$edgeHub").set("properties.desired", desired);
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }
}
