package dev.edgehub.routing.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.lang.CompileResult;
import dev.edgehub.lang.CompiledRoute;
import dev.edgehub.lang.RouteIssue;
import dev.edgehub.lang.Span;
import dev.edgehub.lang.eval.Truth;
import dev.edgehub.routing.RouteTable;
import dev.edgehub.routing.RouteTableResult;
import dev.edgehub.routing.body.BodyPaths;
import dev.edgehub.routing.vectors.VectorOutcome.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a condition makes of a message, or the first issue in it. */
final class ConditionCases implements VectorKind {

  /** The condition has lines of its own, so that its columns are those of the case. */
  private static final String BEFORE = "FROM /messages WHERE\n";

  private static final String BEHIND = "\nINTO $upstream";
  private static final String PATH = "/messages/";

  @Override
  public @Nullable Failure run(VectorCase vector) throws UnusableInputException {
    String condition = vector.text("condition");
    JsonNode expected = vector.required("expect");
    String text = BEFORE + condition + BEHIND;
    CompileResult result = Compiling.route(vector.id(), text);
    if (result instanceof CompileResult.Rejected rejected) {
      List<String> details =
          rejected.issues().stream().map(issue -> rendered(issue, condition, text)).toList();
      Failure failure = Answers.compare(expected, Answers.ERROR, details);
      return failure == null && vector.has("error")
          ? compare(vector.object("error"), rejected.issues().get(0), condition, details)
          : failure;
    }
    return evaluate(expected, ((CompileResult.Compiled) result).route(), vector.message());
  }

  private static @Nullable Failure evaluate(
      JsonNode expected, CompiledRoute route, VectorMessage message) {
    Truth truth = route.condition().evaluate(message.view(new BodyPaths(route.bodyPaths())));
    Failure failure = Answers.compare(expected, Answers.of(truth), List.of());
    return failure == null ? routed(truth == Truth.TRUE, route, message) : failure;
  }

  /** A table of this one route must do as the condition says. */
  private static @Nullable Failure routed(
      boolean expected, CompiledRoute route, VectorMessage message) {
    RouteTableResult result = Compiling.table(route.name(), route.text());
    boolean routed = false;
    if (result instanceof RouteTableResult.Compiled compiled) {
      RouteTable table = compiled.table();
      routed = !table.route(PATH, message.view(table.bodyPaths())).isEmpty();
    }
    return Answers.compare(
        BooleanNode.valueOf(expected),
        BooleanNode.valueOf(routed),
        List.of("whether the table of routes takes the message"));
  }

  private static @Nullable Failure compare(
      JsonNode expected, RouteIssue first, String condition, List<String> details) {
    ObjectNode actual = JsonNodeFactory.instance.objectNode();
    int line = first.span().line() - 1;
    actual.put("code", first.code().id());
    actual.putArray("start").add(line).add(first.span().column());
    actual.putArray("end").add(line).add(end(first.span(), condition));
    Failure failure = Answers.compareMembers(expected, actual);
    return failure == null ? null : new Failure(expected, actual, details);
  }

  /** What goes on in a line behind the condition's last one ends with the condition. */
  private static int end(Span span, String condition) {
    String[] lines = condition.split("\r?\n", -1);
    return span.line() - 1 == lines.length
        ? Math.min(span.endColumn(), lines[lines.length - 1].length() + 1)
        : span.endColumn();
  }

  /** With places in the condition, where the issue has one there. */
  private static String rendered(RouteIssue issue, String condition, String text) {
    int line = issue.span().line() - 1;
    if (line < 1 || line > condition.lines().count()) {
      return issue.render(text);
    }
    Span span = new Span(line, issue.span().column(), issue.span().endColumn());
    return new RouteIssue(issue.code(), issue.route(), span, issue.text(), issue.hint())
        .render(condition);
  }
}
