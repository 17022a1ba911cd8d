package dev.edgehub.lang;

import dev.edgehub.lang.eval.BoolNode;
import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.lang.eval.Node;
import dev.edgehub.lang.eval.TextNode;
import dev.edgehub.lang.eval.Truth;
import dev.edgehub.lang.eval.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says which part of a condition has which value. The parts are asked through the very nodes of the
 * plan, so that an explanation cannot differ from what the route does. For people and tools: a
 * condition is compiled anew for every explanation. Immutable; any number of threads may use one.
 */
public final class ConditionExplainer {

  private final CompileLimits limits;

  public ConditionExplainer(CompileLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Explains the condition of a route for one message.
   *
   * @param route compiled under the same limits
   * @param message must know all body paths of the route
   * @param reasons asked why a body value is undefined
   * @throws IllegalArgumentException if the route's text does not compile
   */
  public Explanation explain(CompiledRoute route, MessageView message, BodyReasons reasons) {
    Issues issues = new Issues(route.name(), route.text());
    RouteTree tree =
        new TreeBuilder(issues).build(new SyntaxParser(limits, issues).parse(route.text()));
    if (!issues.isEmpty()) {
      throw new IllegalArgumentException("not a route under these limits");
    }
    if (tree.where().isEmpty()) {
      return new Explanation(List.of(), Truth.TRUE, null);
    }
    Expr where = tree.where().get();
    Types types = new Checker(issues).check(where);
    if (!issues.isEmpty()) {
      throw new IllegalArgumentException("not a route: " + issues.sorted().get(0).text());
    }
    return explain(where, tree.places(), types, message, reasons);
  }

  private static Explanation explain(
      Expr where, Places places, Types types, MessageView message, BodyReasons reasons) {
    IdentityHashMap<Expr, Node> nodes = new IdentityHashMap<>();
    BoolNode condition = new Planner(types, nodes::put).plan(where);
    IdentityHashMap<Expr, Value> values = new IdentityHashMap<>();
    nodes.forEach((expr, node) -> values.put(expr, value(node, message)));
    PartNotes notes = new PartNotes(message, reasons, types, values);
    List<ConditionPart> parts = new ArrayList<>();
    list(where, 0, places, values, notes, parts);
    Truth truth = condition.evaluate(message);
    return new Explanation(parts, truth, note(parts.get(0).value(), truth));
  }

  /** Recursion is as deep as the condition, which the limits of compiling bound. */
  private static void list(
      Expr expr,
      int depth,
      Places places,
      IdentityHashMap<Expr, Value> values,
      PartNotes notes,
      List<ConditionPart> parts) {
    parts.add(
        new ConditionPart(
            depth,
            places.text(expr),
            places.span(expr),
            PartNotes.isConstant(expr),
            Objects.requireNonNull(values.get(expr), "the planner sees every part"),
            expr.accept(notes).orElse(null)));
    for (Expr part : expr.parts()) {
      list(part, depth + 1, places, values, notes, parts);
    }
  }

  /** Long texts are cut here, since every part above may hold them again. */
  private static Value value(Node node, MessageView message) {
    if (node instanceof TextNode && node.isNull().evaluate(message) == Truth.TRUE) {
      return Value.NULL; // a property without a value
    }
    Value value = node.asDynamic().value(message);
    return value instanceof Value.Text text && text.text().length() > ConditionPart.LONGEST + 1
        ? new Value.Text(text.text().substring(0, ConditionPart.LONGEST + 1))
        : value;
  }

  private static @Nullable String note(Value whole, Truth truth) {
    return switch (whole.kind()) {
      case BOOL, UNDEFINED -> null;
      case NUMBER, TEXT, NULL ->
          "it is "
              + PartNotes.name(whole.kind())
              + ", which counts as "
              + (truth == Truth.FALSE ? "false" : "undefined");
    };
  }
}
