package dev.edgehub.lang;

import dev.edgehub.lang.eval.Builtin;
import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.lang.eval.StaticType;
import dev.edgehub.lang.eval.Value;
import dev.edgehub.lang.eval.Value.Kind;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Says why a part of a condition has the value it has, where that is not plain from the values of
 * the parts below it.
 */
final class PartNotes implements Expr.Visitor<Optional<String>> {

  private static final Optional<String> NOTHING = Optional.empty();
  private static final String NULL_PROPERTY =
      "the property is there without a value: comparisons with it are undefined";

  private final MessageView message;
  private final BodyReasons reasons;
  private final Types types;
  private final IdentityHashMap<Expr, Value> values;

  PartNotes(
      MessageView message, BodyReasons reasons, Types types, IdentityHashMap<Expr, Value> values) {
    this.message = message;
    this.reasons = reasons;
    this.types = types;
    this.values = values;
  }

  static boolean isConstant(Expr expr) {
    return expr instanceof Expr.Bool
        || expr instanceof Expr.Num
        || expr instanceof Expr.Text
        || expr instanceof Expr.NullWord
        || expr instanceof Expr.UndefinedWord;
  }

  /** A kind of value for people. */
  static String name(Kind kind) {
    return switch (kind) {
      case BOOL -> "a bool";
      case NUMBER -> "a number";
      case TEXT -> "a string";
      case NULL -> "null";
      case UNDEFINED -> "undefined";
    };
  }

  private Kind kind(Expr expr) {
    return Objects.requireNonNull(values.get(expr), "the planner sees every part").kind();
  }

  @Override
  public Optional<String> bool(Expr.Bool expr) {
    return NOTHING;
  }

  @Override
  public Optional<String> number(Expr.Num expr) {
    return NOTHING;
  }

  @Override
  public Optional<String> text(Expr.Text expr) {
    return NOTHING;
  }

  @Override
  public Optional<String> nullWord(Expr.NullWord expr) {
    return NOTHING;
  }

  @Override
  public Optional<String> undefinedWord(Expr.UndefinedWord expr) {
    return NOTHING;
  }

  @Override
  public Optional<String> property(Expr.Property expr) {
    String name = Quoted.brief(expr.name());
    return switch (kind(expr)) {
      case NULL -> Optional.of(NULL_PROPERTY);
      case UNDEFINED -> Optional.of("the message has no property " + name);
      case BOOL, NUMBER, TEXT -> NOTHING;
    };
  }

  @Override
  public Optional<String> systemProperty(Expr.SystemProperty expr) {
    String name = Quoted.brief(expr.name());
    if (!expr.braced() && message.hasProperty("$" + expr.name())) {
      return Optional.of("of the user property $" + name + ", which hides the system property");
    }
    return switch (kind(expr)) {
      case NULL -> Optional.of(NULL_PROPERTY);
      case UNDEFINED -> Optional.of("the message has no system property " + name);
      case BOOL, NUMBER, TEXT -> NOTHING;
    };
  }

  @Override
  public Optional<String> body(Expr.Body expr) {
    if (expr.shadow() != null && message.hasProperty(expr.shadow())) {
      String name = Quoted.brief(expr.shadow());
      return Optional.of("of the user property " + name + ", which hides the body value");
    }
    if (Value.MISSING.equals(values.get(expr))) {
      return Optional.of("the body has nothing at this path, which counts as null");
    }
    return kind(expr) == Kind.UNDEFINED ? Optional.of(reasons.whyUndefined(expr.path())) : NOTHING;
  }

  @Override
  public Optional<String> unreadable(Expr.Unreadable expr) {
    return Optional.of("no message has such a value");
  }

  @Override
  public Optional<String> call(Expr.Call call) {
    if (kind(call) != Kind.UNDEFINED || anyUndefined(call)) {
      return NOTHING;
    }
    Builtin function = Objects.requireNonNull(Builtin.named(call.name()), "a checked call");
    for (int i = 0; i < call.arguments().size(); i++) {
      Kind kind = kind(call.arguments().get(i));
      if (!function.accepts(i, type(kind))) {
        return takes(function.id(), function.wants(i), kind);
      }
    }
    return Optional.of(
        switch (function) {
          case AS_NUMBER -> "the text is not a number";
          case SUBSTRING -> "position or length are outside the text";
          default -> "there is no such number";
        });
  }

  private static Optional<String> takes(String operation, String wanted, Kind found) {
    return Optional.of(operation + " takes " + wanted + ", not " + name(found));
  }

  private static StaticType type(Kind kind) {
    return switch (kind) {
      case BOOL -> StaticType.BOOL;
      case NUMBER -> StaticType.NUMBER;
      case TEXT -> StaticType.STRING;
      case NULL -> StaticType.NULL;
      case UNDEFINED -> StaticType.UNDEFINED;
    };
  }

  private boolean anyUndefined(Expr expr) {
    return expr.parts().stream().anyMatch(part -> kind(part) == Kind.UNDEFINED);
  }

  @Override
  public Optional<String> prefix(Expr.Prefix prefix) {
    Kind operand = kind(prefix.operand());
    if (kind(prefix) != Kind.UNDEFINED || operand == Kind.UNDEFINED) {
      return NOTHING;
    }
    return prefix.not() ? takes("NOT", "a bool", operand) : takes("-", "a number", operand);
  }

  @Override
  public Optional<String> chain(Expr.Chain chain) {
    Operator operator = chain.links().get(0).operator();
    return switch (operator.level()) {
      case COALESCE -> NOTHING;
      case OR, AND -> logic(chain, operator);
      case COMPARISON -> comparison(chain, operator);
      case JOIN -> operands(chain, Kind.TEXT, "a string");
      case ARITHMETIC -> operands(chain, Kind.NUMBER, "a number");
    };
  }

  /** A body value makes AND and OR strict: they do not decide over what is not a bool. */
  private Optional<String> logic(Expr.Chain chain, Operator operator) {
    if (kind(chain) == Kind.NULL) {
      return Optional.of("AND with null is null");
    }
    boolean strict = chain.parts().stream().anyMatch(p -> types.of(p) == StaticType.DYNAMIC);
    if (kind(chain) != Kind.UNDEFINED || !strict) {
      return NOTHING;
    }
    for (Expr part : chain.parts()) {
      if (kind(part) != Kind.BOOL && kind(part) != Kind.UNDEFINED) {
        return takes(operator.symbol(), "bools when a body value takes part", kind(part));
      }
    }
    Value decisive = operator == Operator.AND ? Value.FALSE : Value.TRUE;
    return chain.parts().stream().anyMatch(part -> decisive.equals(values.get(part)))
        ? Optional.of("with a body value, one side alone does not decide " + operator.symbol())
        : NOTHING;
  }

  private Optional<String> comparison(Expr.Chain chain, Operator operator) {
    Kind left = kind(chain.first());
    Kind right = kind(chain.links().get(0).operand());
    if (chain.links().size() > 1 || kind(chain) == Kind.UNDEFINED || left == right) {
      return NOTHING;
    }
    if (!operator.comparison().isOrdering()) {
      return Optional.of(name(left) + " and " + name(right) + " are never equal");
    }
    Kind greater = left.compareTo(right) > 0 ? left : right;
    Kind lesser = left == greater ? right : left;
    return Optional.of(
        name(greater) + " is greater than any " + name(lesser).replaceFirst("^a ", ""));
  }

  private Optional<String> operands(Expr.Chain chain, Kind wanted, String wantedName) {
    if (kind(chain) != Kind.UNDEFINED || anyUndefined(chain)) {
      return NOTHING;
    }
    List<Expr> parts = chain.parts();
    for (int i = 0; i < parts.size(); i++) {
      Kind kind = kind(parts.get(i));
      if (kind != wanted) {
        return takes(chain.links().get(Math.max(0, i - 1)).operator().symbol(), wantedName, kind);
      }
    }
    return Optional.of("the result is not a number");
  }
}
