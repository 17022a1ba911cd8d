package dev.edgehub.lang;

import dev.edgehub.lang.eval.StaticType;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to write instead, for the type errors whose cause is known. */
final class TypeHints {

  private static final String OPERATOR_CHARACTERS = "+-*%|&!";
  private static final Set<String> LOWER_CASE_WORDS = Set.of("true", "false", "null", "undefined");

  private TypeHints() {}

  static @Nullable String forFunction(String name) {
    if (name.length() > 1 && OPERATOR_CHARACTERS.indexOf(name.charAt(0)) >= 0) {
      return "put a space behind " + name.charAt(0);
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "is_array", "is_object", "is_primitive" ->
          "only is_bool, is_number, is_string, is_null and is_defined tell types apart";
      default -> null;
    };
  }

  static @Nullable String forArgument(Expr argument, StaticType type) {
    String name = nameOf(argument);
    if (name != null && type == StaticType.STRING) {
      return name + " is a string: write as_number(" + name + ")";
    }
    return null;
  }

  static @Nullable String forOperand(Expr.Prefix prefix, StaticType type) {
    String name = nameOf(prefix.operand());
    if (prefix.not()) {
      return "NOT binds tighter than a comparison: write NOT (a = b)";
    }
    return name != null && type == StaticType.STRING ? forArgument(prefix.operand(), type) : null;
  }

  static @Nullable String forOperands(
      Expr before, StaticType left, Expr.Link link, StaticType right) {
    boolean truths = left == StaticType.BOOL && right == StaticType.BOOL;
    if ((isJoin(link) && truths) || hasJoin(link.operand()) || hasJoin(before)) {
      return "|| joins strings: write OR";
    }
    String hint = forName(before, right);
    return hint != null ? hint : forName(link.operand(), left);
  }

  private static boolean isJoin(Expr.Link link) {
    return link.operator() == Operator.JOIN;
  }

  private static boolean hasJoin(Expr expr) {
    return expr instanceof Expr.Chain chain && chain.links().stream().anyMatch(TypeHints::isJoin);
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

  private static boolean hasOperator(String name) {
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
}
