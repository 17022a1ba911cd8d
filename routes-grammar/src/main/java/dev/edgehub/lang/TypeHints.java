package dev.edgehub.lang;

import dev.edgehub.lang.eval.StaticType;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to write instead, for the type errors whose cause is known. */
final class TypeHints {

  static final String OPERATOR_CHARACTERS = "+-*%|&!";
  private static final Set<String> LOWER_CASE_WORDS = Set.of("true", "false", "null", "undefined");

  private TypeHints() {}

  static @Nullable String forArgument(Expr argument, StaticType type) {
    String name = nameOf(argument);
    if (name != null && type == StaticType.STRING) {
      return name + " is a string: write as_number(" + name + ")";
    }
    if (argument instanceof Expr.Text text && type == StaticType.STRING) {
      return forQuoted(text);
    }
    if (argument instanceof Expr.Num || argument instanceof Expr.Bool) {
      return "a string stands in quotes";
    }
    return argument instanceof Expr.UndefinedWord word ? forUndefined(word) : null;
  }

  static @Nullable String forOperand(Expr.Prefix prefix, StaticType type) {
    if (prefix.operand() instanceof Expr.UndefinedWord word) {
      return forUndefined(word);
    }
    if (prefix.not()) {
      return "NOT binds tighter than a comparison: write NOT (a = b)";
    }
    return type == StaticType.STRING ? forArgument(prefix.operand(), type) : null;
  }

  /**
   * A hint for an operator that does not take what it is given.
   *
   * @param own the type of {@code before} alone
   * @param left the type of all that stands left of the operator
   */
  static @Nullable String forOperands(
      Expr before, StaticType own, StaticType left, Expr.Link link, StaticType right) {
    if (own != left && link.operator().level() == Operator.Level.COMPARISON && !hasJoin(before)) {
      return "what stands left is true or false by now: write a < b AND b < c";
    }
    String hint = forOperator(before, left, link, right);
    if (hint == null) {
      hint = forSide(before, link.operand(), right);
    }
    return hint != null ? hint : forSide(link.operand(), before, left);
  }

  private static @Nullable String forOperator(
      Expr before, StaticType left, Expr.Link link, StaticType right) {
    boolean truths = left == StaticType.BOOL && right == StaticType.BOOL;
    if ((isJoin(link) && truths) || hasJoin(link.operand()) || hasJoin(before)) {
      return "|| joins strings: write OR";
    }
    return switch (link.operator().level()) {
      case COALESCE ->
          left == StaticType.BOOL || right == StaticType.BOOL
              ? "?? binds loosest: write (a ?? b) = c"
              : null;
      case ARITHMETIC ->
          left == StaticType.STRING && right == StaticType.STRING && link.operator() == Operator.ADD
              ? "+ adds numbers: write || to join strings"
              : null;
      case OR, AND -> forLogic(before, left, link.operand(), right);
      case COMPARISON, JOIN -> null;
    };
  }

  private static @Nullable String forLogic(
      Expr before, StaticType left, Expr operand, StaticType right) {
    String hint = left == StaticType.STRING ? forTruth(before) : null;
    return hint == null && right == StaticType.STRING ? forTruth(operand) : hint;
  }

  private static @Nullable String forTruth(Expr expr) {
    return nameOf(expr) == null ? null : forName(expr, StaticType.BOOL);
  }

  private static boolean isJoin(Expr.Link link) {
    return link.operator() == Operator.JOIN;
  }

  private static boolean hasJoin(Expr expr) {
    return expr instanceof Expr.Chain chain && chain.links().stream().anyMatch(TypeHints::isJoin);
  }

  /** A hint that one side of an operator gives, as the other has another type. */
  private static @Nullable String forSide(Expr expr, Expr partner, StaticType other) {
    if (expr instanceof Expr.UndefinedWord word) {
      String name = valueOf(partner);
      boolean known = name != null && word.text().equals("undefined");
      return known ? "write NOT is_defined(" + name + ")" : forUndefined(word);
    }
    if (expr instanceof Expr.NullWord && valueOf(partner) != null) {
      String name = valueOf(partner);
      return "write is_null(" + name + ") or NOT is_defined(" + name + ")";
    }
    if (expr instanceof Expr.Text text) {
      return other == StaticType.NUMBER ? forQuoted(text) : forWord(text, other);
    }
    return forName(expr, other);
  }

  private static @Nullable String forQuoted(Expr.Text text) {
    boolean number = text.value().matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?");
    return number ? "write " + text.value() + " without quotes" : null;
  }

  private static @Nullable String forWord(Expr.Text text, StaticType other) {
    boolean word = text.value().equals("true") || text.value().equals("false");
    return other == StaticType.BOOL && word ? "write " + text.value() + " without quotes" : null;
  }

  private static @Nullable String forUndefined(Expr.UndefinedWord word) {
    if (word.text().equals("undefined")) {
      return "is_defined tells whether there is a value";
    }
    String text = Quoted.brief(word.text());
    return text.startsWith("0")
        ? text + " has more than 16 digits and is undefined"
        : text + " reads as a number without digits: no property of this name can be asked for";
  }

  /** A hint for a property that meets another type than string. */
  private static @Nullable String forName(Expr expr, StaticType other) {
    String name = nameOf(expr);
    if (name == null || other == StaticType.STRING || other == StaticType.DYNAMIC) {
      return null;
    }
    if (LOWER_CASE_WORDS.contains(name.toLowerCase(Locale.ROOT))) {
      return "in capitals " + name + " is a property: write it in lower case";
    }
    if (hasOperator(name)) {
      return name + " is one name: put spaces around an operator";
    }
    return switch (other) {
      case NUMBER -> name + " is a string: write as_number(" + name + ")";
      case NULL, UNDEFINED -> "write is_null(" + name + ") or NOT is_defined(" + name + ")";
      case BOOL -> name + " is a string: compare it, as in " + name + " = 'true'";
      case STRING, DYNAMIC -> null;
    };
  }

  static boolean hasOperator(String name) {
    return name.length() > 1 && name.chars().anyMatch(c -> OPERATOR_CHARACTERS.indexOf(c) >= 0);
  }

  private static @Nullable String nameOf(Expr expr) {
    if (expr instanceof Expr.Property property) {
      return Quoted.brief(property.name());
    }
    if (expr instanceof Expr.SystemProperty property) {
      return "$" + Quoted.brief(property.name());
    }
    return null;
  }

  private static @Nullable String valueOf(Expr expr) {
    return expr instanceof Expr.Body body
        ? "$body." + Quoted.brief(body.path().text())
        : nameOf(expr);
  }
}
