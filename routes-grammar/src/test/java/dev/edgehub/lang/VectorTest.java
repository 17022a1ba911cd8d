package dev.edgehub.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.lang.CompileResult.Compiled;
import dev.edgehub.lang.CompileResult.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Runs every case of the vector files that needs no more than the language. */
class VectorTest {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  static final List<String> FILES =
      List.of(
          "arithmetic",
          "body",
          "body-encoding",
          "concat-coalesce",
          "decisions",
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

  private final RouteCompiler compiler = new RouteCompiler(CompileLimits.DEFAULT);

  @TestFactory
  Stream<DynamicContainer> answersAsTheVectorsSay() {
    return FILES.stream().map(file -> dynamicContainer(file, cases(read(file))));
  }

  static JsonNode read(String file) {
    try (InputStream in = VectorTest.class.getResourceAsStream("/vectors/" + file + ".json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("vector file " + file, e);
    }
  }

  private Stream<DynamicNode> cases(JsonNode file) {
    return StreamSupport.stream(file.get("cases").spliterator(), false)
        .map(test -> dynamicTest(title(test), () -> run(file, test)));
  }

  private static String title(JsonNode test) {
    return test.get("id").asText() + " " + test.path("why").asText();
  }

  private void run(JsonNode file, JsonNode test) {
    switch (test.get("kind").asText()) {
      case "condition" -> runCondition(file, test);
      case "parse" -> runParse(test);
      case "source" -> runSource(test);
      default -> throw new IllegalStateException("unknown kind of case: " + test);
    }
  }

  private void runCondition(JsonNode file, JsonNode test) {
    String condition = test.get("condition").asText();
    String expected = test.get("expect").asText();
    CompileResult result = compiler.compile("r", routeOf(condition));

    if (expected.equals("error")) {
      Rejected rejected = assertInstanceOf(Rejected.class, result);
      if (test.has("error")) {
        assertFirstIssue(condition, test.get("error"), rejected.issues().get(0));
      }
      return;
    }
    Compiled compiled = assertInstanceOf(Compiled.class, result, () -> result.toString());
    JsonMessage message = new JsonMessage(message(file, test.get("message")));
    String answer = compiled.route().condition().evaluate(message).name();
    assertEquals(expected, answer.toLowerCase(Locale.ROOT));
  }

  /** The condition has lines of its own, so that its columns are those of the vectors. */
  static String routeOf(String condition) {
    return "FROM /messages WHERE\n" + condition + "\nINTO $upstream";
  }

  /** What goes on in a line behind the condition's last one ends with the condition. */
  private static int end(Span span, String condition) {
    String[] lines = condition.split("\r?\n", -1);
    return span.line() - 1 == lines.length
        ? Math.min(span.endColumn(), lines[lines.length - 1].length() + 1)
        : span.endColumn();
  }

  private static void assertFirstIssue(String condition, JsonNode error, RouteIssue issue) {
    JsonNode start = error.get("start");
    assertEquals(error.get("code").asText(), issue.code().id());
    int line = start.get(0).asInt();
    int end = end(issue.span(), condition);
    assertEquals(
        new Span(line + 1, start.get(1).asInt(), error.get("end").get(1).asInt()),
        new Span(issue.span().line(), issue.span().column(), end));
  }

  static JsonNode message(JsonNode file, JsonNode message) {
    return message.isTextual() ? file.get("messages").get(message.asText()) : message;
  }

  private void runParse(JsonNode test) {
    String text = test.get("route").asText();
    CompileResult result = compiler.compile("r", text);

    if (test.get("expect").asText().equals("error")) {
      assertInstanceOf(Rejected.class, result);
      return;
    }
    CompiledRoute route = assertInstanceOf(Compiled.class, result, () -> result.toString()).route();
    JsonNode parsed = test.get("parsed");
    assertEquals(parsed.get("sourcePrefix").asText(), route.source().prefix());
    assertEquals(sink(parsed.get("sink")), route.sink());
    assertEquals(parsed.get("condition").asText(), route.conditionText());
  }

  private static SinkRef sink(JsonNode sink) {
    return sink.get("type").asText().equals("upstream")
        ? new SinkRef.Upstream()
        : new SinkRef.ModuleInput(sink.get("moduleId").asText(), sink.get("input").asText());
  }

  private void runSource(JsonNode test) {
    String text = "FROM " + test.get("source").asText() + " INTO $upstream";
    CompileResult result = compiler.compile("r", text);
    Compiled compiled = assertInstanceOf(Compiled.class, result, () -> result.toString());
    String path = new JsonMessage(test.get("message")).sourcePath();
    assertEquals(test.get("expect").asBoolean(), compiled.route().source().matches(path));
  }
}
