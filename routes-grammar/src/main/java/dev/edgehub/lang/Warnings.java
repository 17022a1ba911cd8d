package dev.edgehub.lang;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.Builtin;
import dev.edgehub.lang.eval.Comparison;
import dev.edgehub.lang.eval.StaticType;
import dev.edgehub.lang.eval.Truth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what is legal but probably not meant in a checked condition: an order that holds for a body
 * value that is not there, a name that swallowed the first half of an operator, names that nothing
 * has, and a condition that no message fulfils.
 */
final class Warnings {

  private record Suspect(BodyPath path, Span span, String symbol) {}

  private final Issues issues;
  private final List<Suspect> suspects = new ArrayList<>();
  private final Set<BodyPath> tested = new HashSet<>();
  private final NameWarnings names;
  private int asked;

  Warnings(Issues issues) {
    this.issues = issues;
    this.names = new NameWarnings(issues);
  }

  /**
   * Looks through a condition.
   *
   * @param type its static type
   * @param route what it was compiled to
   */
  void look(Expr condition, StaticType type, CompiledRoute route) {
    walk(condition);
    suspects.stream().filter(suspect -> !tested.contains(suspect.path())).forEach(this::add);
    lookForNeverTrue(condition, type, route);
  }

  private void lookForNeverTrue(Expr condition, StaticType type, CompiledRoute route) {
    boolean truth = type == StaticType.BOOL || type == StaticType.DYNAMIC;
    if (!truth) {
      issues.add(
          IssueCode.NEVER_TRUE,
          condition.span(),
          "a condition that is " + article(type) + " is never true",
          type == StaticType.NULL || type == StaticType.UNDEFINED
              ? null
              : "compare it, as in a = 'b'");
    } else if (asked == 0 && route.condition().evaluate(NoMessage.INSTANCE) != Truth.TRUE) {
      issues.add(
          IssueCode.NEVER_TRUE,
          condition.span(),
          "the condition is never true, whatever the message",
          null);
    }
  }

  private static String article(StaticType type) {
    return switch (type) {
      case STRING, NUMBER -> "a " + type.text();
      case BOOL, NULL, UNDEFINED, DYNAMIC -> type.text();
    };
  }

  private void walk(Expr expr) {
    expr.parts().forEach(this::walk);
    if (expr instanceof Expr.Chain chain) {
      look(chain);
    }
    if (expr instanceof Expr.Property property) {
      names.look(property);
      asked++;
    }
    if (expr instanceof Expr.SystemProperty property) {
      names.look(property);
      asked++;
    }
    if (expr instanceof Expr.Body) {
      asked++;
    }
    if (expr instanceof Expr.Call call && Builtin.named(call.name()) == Builtin.IS_DEFINED) {
      noteTested(call.arguments().get(0));
    }
  }

  private void noteTested(Expr argument) {
    if (argument instanceof Expr.Body body) {
      tested.add(body.path());
    }
  }

  private void look(Expr.Chain chain) {
    Expr left = chain.first();
    for (Expr.Link link : chain.links()) {
      if (link.operator().level() == Operator.Level.COMPARISON) {
        lookForOrder(left, link);
        lookForSwallowed(left, link);
      }
      left = link.operand();
    }
  }

  /**
   * A missing value counts as null, and null is the greatest: it exceeds whatever it is held to.
   */
  private void lookForOrder(Expr left, Expr.Link link) {
    Comparison comparison = link.operator().comparison();
    boolean leftGreater = comparison == Comparison.GREATER || comparison == Comparison.AT_LEAST;
    Expr greater = leftGreater ? left : link.operand();
    if (comparison.isOrdering() && greater instanceof Expr.Body body) {
      suspects.add(new Suspect(body.path(), link.span(), link.operator().symbol()));
    }
  }

  private void add(Suspect suspect) {
    String path = "$body." + Quoted.brief(suspect.path().text());
    issues.add(
        IssueCode.MISSING_BODY_VALUE,
        suspect.span(),
        suspect.symbol() + " holds for a message without " + path,
        "write is_defined(" + path + ") AND \u2026 to leave such messages out");
  }

  /** {@code key!='x'} compares the property {@code key!} for equality. */
  private void lookForSwallowed(Expr left, Expr.Link link) {
    Span name = left.span();
    boolean adjacent =
        name.line() == link.span().line() && name.endColumn() == link.span().column();
    if (adjacent && link.operator() == Operator.EQUAL && nameOf(left).endsWith("!")) {
      issues.add(
          IssueCode.OPERATOR_IN_NAME,
          name,
          "the ! is part of the name " + Quoted.brief(nameOf(left)) + ", and = follows",
          "put a space before !=");
    }
  }

  private static String nameOf(Expr expr) {
    if (expr instanceof Expr.Property property) {
      return property.name();
    }
    if (expr instanceof Expr.SystemProperty property) {
      return property.name();
    }
    return expr instanceof Expr.Body body ? body.path().text() : "";
  }
}
