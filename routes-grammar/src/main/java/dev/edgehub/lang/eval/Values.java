package dev.edgehub.lang.eval;

import org.jspecify.annotations.Nullable;

/**
 * Body values as the operators see them: each operator knows one kind and takes the rest as none.
 */
final class Values {

  private Values() {}

  static @Nullable String text(Value value) {
    return value instanceof Value.Text text ? text.text() : null;
  }

  static double number(Value value) {
    return value instanceof Value.Num number ? number.number() : Double.NaN;
  }

  static Truth truth(Value value) {
    return value instanceof Value.Bool bool ? Truth.of(bool.bool()) : Truth.UNDEFINED;
  }

  static boolean isDefined(Value value) {
    boolean missing = value instanceof Value.Null empty && !empty.present();
    return !missing && !isUndefined(value);
  }

  /** Whether {@code ??} passes the value over: a body value that is missing counts as null. */
  static boolean isUndefined(Value value) {
    return value.kind() == Value.Kind.UNDEFINED && !(value instanceof NullText);
  }

  /** The text as {@link TextNode#raw} has it. */
  static @Nullable String raw(Value value) {
    return value instanceof NullText ? NullText.MARK : text(value);
  }

  /** Values of two kinds are never equal; they are ordered as their kinds are. */
  static int order(Value left, Value right) {
    Value.Kind kind = left.kind();
    if (kind == Value.Kind.UNDEFINED || right.kind() == Value.Kind.UNDEFINED) {
      return Comparison.UNORDERED;
    }
    if (kind != right.kind()) {
      return kind.compareTo(right.kind());
    }
    return switch (kind) {
      case BOOL -> truth(left).compareTo(truth(right));
      case NUMBER -> Comparison.order(number(left), number(right));
      case TEXT -> orderText(text(left), text(right));
      case NULL -> 0;
      case UNDEFINED -> Comparison.UNORDERED;
    };
  }

  private static int orderText(@Nullable String left, @Nullable String right) {
    return left == null || right == null ? Comparison.UNORDERED : left.compareTo(right);
  }
}
