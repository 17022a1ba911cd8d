package dev.edgehub.lang;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.Builtin;
import dev.edgehub.lang.eval.Comparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what is legal but probably not meant in a checked condition: an order that holds for a body
 * value that is not there, and a name that swallowed the first half of an operator.
 */
final class Warnings implements Expr.Visitor<Boolean> {

  private record Suspect(BodyPath path, Span span, String symbol) {}

  private final Issues issues;
  private final List<Suspect> suspects = new ArrayList<>();
  private final Set<BodyPath> tested = new HashSet<>();

  Warnings(Issues issues) {
    this.issues = issues;
  }

  List<RouteIssue> of(Expr condition) {
    condition.accept(this);
    for (Suspect suspect : suspects) {
      if (!tested.contains(suspect.path())) {
        String path = "$body." + Quoted.brief(suspect.path().text());
        issues.add(
            IssueCode.MISSING_BODY_VALUE,
            suspect.span(),
            suspect.symbol() + " holds for a message without " + path,
            "write is_defined(" + path + ") AND \u2026 to leave such messages out");
      }
    }
    return issues.sorted();
  }

  @Override
  public Boolean bool(Expr.Bool expr) {
    return false;
  }

  @Override
  public Boolean number(Expr.Num expr) {
    return false;
  }

  @Override
  public Boolean text(Expr.Text expr) {
    return false;
  }

  @Override
  public Boolean nullWord(Expr.NullWord expr) {
    return false;
  }

  @Override
  public Boolean undefinedWord(Expr.UndefinedWord expr) {
    return false;
  }

  @Override
  public Boolean property(Expr.Property expr) {
    return false;
  }

  @Override
  public Boolean systemProperty(Expr.SystemProperty expr) {
    return false;
  }

  @Override
  public Boolean body(Expr.Body expr) {
    return false;
  }

  @Override
  public Boolean unreadable(Expr.Unreadable expr) {
    return false;
  }

  @Override
  public Boolean call(Expr.Call call) {
    boolean tests = Builtin.named(call.name()) == Builtin.IS_DEFINED;
    for (Expr argument : call.arguments()) {
      argument.accept(this);
      if (tests && argument instanceof Expr.Body body) {
        tested.add(body.path());
      }
    }
    return false;
  }

  @Override
  public Boolean prefix(Expr.Prefix prefix) {
    return prefix.operand().accept(this);
  }

  @Override
  public Boolean chain(Expr.Chain chain) {
    chain.first().accept(this);
    Expr left = chain.first();
    for (Expr.Link link : chain.links()) {
      link.operand().accept(this);
      if (link.operator().level() == Operator.Level.COMPARISON) {
        suspect(left, link.operator().comparison(), link, link.operand());
      }
      left = link.operand();
    }
    return false;
  }

  /**
   * A missing value counts as null, and null is the greatest: it exceeds whatever it is held to.
   */
  private void suspect(Expr left, Comparison comparison, Expr.Link link, Expr right) {
    boolean leftGreater = comparison == Comparison.GREATER || comparison == Comparison.AT_LEAST;
    Expr greater = leftGreater ? left : right;
    if (comparison.isOrdering() && greater instanceof Expr.Body body) {
      suspects.add(new Suspect(body.path(), link.span(), link.operator().symbol()));
    }
  }
}
