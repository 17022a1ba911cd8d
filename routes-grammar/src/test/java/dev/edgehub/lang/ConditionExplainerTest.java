package dev.edgehub.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.lang.CompileResult.Compiled;
import dev.edgehub.lang.eval.Condition;
import dev.edgehub.lang.eval.Truth;
import dev.edgehub.lang.eval.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConditionExplainerTest {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final BodyReasons REASONS = path -> "no reason for " + path.text();

  private final RouteCompiler compiler = new RouteCompiler(CompileLimits.DEFAULT);
  private final ConditionExplainer explainer = new ConditionExplainer(CompileLimits.DEFAULT);

  private CompiledRoute route(String text) {
    CompileResult result = compiler.compile("r", text);
    return assertInstanceOf(Compiled.class, result, () -> result.toString()).route();
  }

  private Explanation explain(String condition, String message) throws IOException {
    return explainer.explain(
        route("FROM /* WHERE " + condition + " INTO $upstream"),
        new JsonMessage(JSON.readTree(message)),
        REASONS);
  }

  private static List<String> lines(Explanation explanation) {
    return explanation.parts().stream().map(part -> part.depth() + " " + part.text()).toList();
  }

  @Test
  void listsEachPartBeforeThoseItIsMadeOf() throws IOException {
    Explanation explanation =
        explain("(a = 'x' OR NOT (b = 'y')) AND length(c) > 1", "{\"properties\": {}}");

    assertEquals(
        List.of(
            "0 (a = 'x' OR NOT (b = 'y')) AND length(c) > 1",
            "1 a = 'x' OR NOT (b = 'y')",
            "2 a = 'x'",
            "3 a",
            "3 'x'",
            "2 NOT (b = 'y')",
            "3 b = 'y'",
            "4 b",
            "4 'y'",
            "1 length(c) > 1",
            "2 length(c)",
            "3 c",
            "2 1"),
        lines(explanation));
  }

  @Test
  void givesThePlaceOfAPartInTheRoute() {
    CompiledRoute route = route("FROM /* WHERE a = 'x'\n  AND\n  b = 'y' INTO $upstream");

    List<ConditionPart> parts =
        explainer.explain(route, new JsonMessage(JSON.createObjectNode()), REASONS).parts();

    assertEquals(new Span(1, 15, 22), parts.get(0).span());
    assertEquals(new Span(1, 15, 22), parts.get(1).span());
    assertEquals(new Span(3, 3, 10), parts.get(4).span());
    assertEquals(new Span(3, 3, 4), parts.get(5).span());
  }

  @Test
  void tellsAMissingPropertyFromOneWithoutAValue() throws IOException {
    List<ConditionPart> parts = explain("a = b", "{\"properties\": {\"a\": null}}").parts();

    assertEquals(Value.UNDEFINED, parts.get(0).value());
    assertEquals(Value.NULL, parts.get(1).value());
    assertEquals(Value.UNDEFINED, parts.get(2).value());
    assertEquals("the message has no property b", parts.get(2).note());
  }

  @Test
  void asksWhyABodyValueIsUndefinedOnlyIfItIs() throws IOException {
    String message =
        "{\"systemProperties\": {\"contentType\": \"application/json\","
            + " \"contentEncoding\": \"utf-8\"}, \"body\": {\"a\": 1, \"b\": {}}}";

    List<ConditionPart> parts = explain("$body.a = 1 AND $body.b = 1", message).parts();

    assertNull(parts.get(2).note());
    assertEquals("no reason for b", parts.get(5).note());
  }

  @Test
  void aRouteWithoutAConditionHasNoParts() {
    Explanation explanation =
        explainer.explain(
            route("FROM /* INTO $upstream"), new JsonMessage(JSON.createObjectNode()), REASONS);

    assertEquals(new Explanation(List.of(), Truth.TRUE, null), explanation);
  }

  @Test
  void refusesATextThatIsNoRoute() {
    CompiledRoute route = route("FROM /* INTO $upstream");
    CompiledRoute broken =
        new CompiledRoute(
            "r",
            "FROM /* WHERE 1 + INTO $upstream",
            route.source(),
            Condition.ALWAYS,
            "true",
            route.sink(),
            Set.of());

    assertThrows(
        IllegalArgumentException.class,
        () -> explainer.explain(broken, new JsonMessage(JSON.createObjectNode()), REASONS));
  }

  @Test
  void agreesWithTheRouteForEveryConditionOfTheVectors() {
    int compared = 0;
    for (String file : VectorTest.FILES) {
      JsonNode root = VectorTest.read(file);
      for (JsonNode test : root.get("cases")) {
        if (test.get("kind").asText().equals("condition")) {
          compared += agrees(root, test) ? 1 : 0;
        }
      }
    }

    assertEquals(477, compared);
  }

  private boolean agrees(JsonNode root, JsonNode test) {
    String text = VectorTest.routeOf(test.get("condition").asText());
    if (!(compiler.compile("r", text) instanceof Compiled compiled)) {
      return false;
    }
    CompiledRoute route = compiled.route();
    JsonMessage message = new JsonMessage(VectorTest.message(root, test.get("message")));

    Explanation explanation = explainer.explain(route, message, REASONS);

    Truth truth = route.condition().evaluate(message);
    assertEquals(truth, explanation.truth(), text);
    Value whole = explanation.parts().get(0).value();
    assertEquals(truth == Truth.TRUE, whole.equals(Value.TRUE), text);
    return true;
  }

  @Test
  void explainsTheDeepestConditionThatCompiles() throws IOException {
    int depth = CompileLimits.DEFAULT.maxNesting();
    String condition = "NOT(".repeat(depth / 2) + "a = b" + ")".repeat(depth / 2);

    Explanation explanation = explain(condition, "{}");

    assertEquals(depth / 2 + 3, explanation.parts().size());
    assertEquals(Truth.UNDEFINED, explanation.truth());
  }

  @Test
  void explainsALongChainFlat() throws IOException {
    String condition = String.join(" OR ", Collections.nCopies(1_000, "a = 'x'"));

    Explanation explanation = explain(condition, "{\"properties\": {\"a\": \"x\"}}");

    assertEquals(1 + 3 * 1_000, explanation.parts().size());
    assertEquals(
        Set.of(0, 1, 2),
        explanation.parts().stream().map(ConditionPart::depth).collect(Collectors.toSet()));
  }

  @Test
  void cutsLongTextsAndValues() throws IOException {
    String condition = String.join(" AND ", new ArrayList<>(Collections.nCopies(500, "a = a")));

    List<ConditionPart> parts =
        explain(condition, "{\"properties\": {\"a\": \"" + "x".repeat(5_000) + "\"}}").parts();

    assertEquals(ConditionPart.LONGEST + 1, parts.get(0).text().length());
    assertEquals(ConditionPart.LONGEST + 1, ((Value.Text) parts.get(2).value()).text().length());
  }
}
