package dev.edgehub.lang;

import dev.edgehub.lang.eval.Arithmetic;
import dev.edgehub.lang.eval.Comparison;
import dev.edgehub.lang.eval.StaticType;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two-sided operators and what types they take. */
enum Operator {
  COALESCE("??", Level.COALESCE, null, null),
  OR("OR", Level.OR, null, null),
  AND("AND", Level.AND, null, null),
  EQUAL("=", Level.COMPARISON, Comparison.EQUAL, null),
  NOT_EQUAL("!=", Level.COMPARISON, Comparison.NOT_EQUAL, null),
  LESS("<", Level.COMPARISON, Comparison.LESS, null),
  AT_MOST("<=", Level.COMPARISON, Comparison.AT_MOST, null),
  GREATER(">", Level.COMPARISON, Comparison.GREATER, null),
  AT_LEAST(">=", Level.COMPARISON, Comparison.AT_LEAST, null),
  JOIN("||", Level.JOIN, null, null),
  ADD("+", Level.ARITHMETIC, null, Arithmetic.ADD),
  SUBTRACT("-", Level.ARITHMETIC, null, Arithmetic.SUBTRACT),
  MULTIPLY("*", Level.ARITHMETIC, null, Arithmetic.MULTIPLY),
  DIVIDE("/", Level.ARITHMETIC, null, Arithmetic.DIVIDE),
  REMAINDER("%", Level.ARITHMETIC, null, Arithmetic.REMAINDER);

  /** Operators that share their rule of types. */
  enum Level {
    COALESCE,
    OR,
    AND,
    COMPARISON,
    JOIN,
    ARITHMETIC
  }

  private final String symbol;
  private final Level level;
  private final @Nullable Comparison comparison;
  private final @Nullable Arithmetic arithmetic;

  Operator(
      String symbol,
      Level level,
      @Nullable Comparison comparison,
      @Nullable Arithmetic arithmetic) {
    this.symbol = symbol;
    this.level = level;
    this.comparison = comparison;
    this.arithmetic = arithmetic;
  }

  String symbol() {
    return symbol;
  }

  Level level() {
    return level;
  }

  /** Of a {@link Level#COMPARISON} operator. */
  Comparison comparison() {
    return Objects.requireNonNull(comparison, "comparison");
  }

  /** Of a {@link Level#ARITHMETIC} operator. */
  Arithmetic arithmetic() {
    return Objects.requireNonNull(arithmetic, "arithmetic");
  }

  /** The type of the result, or empty when the operator does not take these operands. */
  Optional<StaticType> result(StaticType left, StaticType right) {
    return switch (level) {
      case COALESCE -> same(left, right, left == right ? left : StaticType.DYNAMIC);
      case OR, AND -> logic(left, right);
      case COMPARISON -> same(left, right, StaticType.BOOL);
      case JOIN -> both(StaticType.STRING, left, right, StaticType.STRING);
      case ARITHMETIC ->
          both(StaticType.NUMBER, left, right, left == right ? left : StaticType.DYNAMIC);
    };
  }

  private static Optional<StaticType> same(StaticType left, StaticType right, StaticType result) {
    boolean dynamic = left == StaticType.DYNAMIC || right == StaticType.DYNAMIC;
    boolean undefined = left == StaticType.UNDEFINED || right == StaticType.UNDEFINED;
    return left == right || (dynamic && !undefined) ? Optional.of(result) : Optional.empty();
  }

  private static Optional<StaticType> both(
      StaticType wanted, StaticType left, StaticType right, StaticType result) {
    boolean takesLeft = left == wanted || left == StaticType.DYNAMIC;
    boolean takesRight = right == wanted || right == StaticType.DYNAMIC;
    return takesLeft && takesRight ? Optional.of(result) : Optional.empty();
  }

  private Optional<StaticType> logic(StaticType left, StaticType right) {
    if (!isLogical(left) || !isLogical(right)) {
      return Optional.empty();
    }
    if (left != StaticType.NULL && right != StaticType.NULL) {
      return Optional.of(StaticType.BOOL);
    }
    StaticType other = left == StaticType.NULL ? right : left;
    return switch (other) {
      case NULL -> Optional.of(StaticType.NULL);
      case BOOL -> Optional.of(this == AND ? StaticType.NULL : StaticType.BOOL);
      case DYNAMIC -> this == AND ? Optional.empty() : Optional.of(StaticType.BOOL);
      case NUMBER, STRING, UNDEFINED -> Optional.empty();
    };
  }

  private static boolean isLogical(StaticType type) {
    return switch (type) {
      case BOOL, NULL, UNDEFINED, DYNAMIC -> true;
      case NUMBER, STRING -> false;
    };
  }
}
