package dev.edgehub.lang.eval;

/** The six comparisons. A comparison with an undefined operand is undefined, equality included. */
public enum Comparison {
  EQUAL,
  NOT_EQUAL,
  LESS,
  AT_MOST,
  GREATER,
  AT_LEAST;

  /** The order of two operands of which at least one is undefined. */
  static final int UNORDERED = Integer.MIN_VALUE;

  /** Whether this asks for an order, not only for equality. */
  public boolean isOrdering() {
    return this != EQUAL && this != NOT_EQUAL;
  }

  /** The comparison that gives the same answer when the operands change places. */
  public Comparison swapped() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> this;
      case LESS -> GREATER;
      case AT_MOST -> AT_LEAST;
      case GREATER -> LESS;
      case AT_LEAST -> AT_MOST;
    };
  }

  /** The answer for an order: negative, zero, positive or {@link #UNORDERED}. */
  Truth of(int order) {
    return order == UNORDERED ? Truth.UNDEFINED : Truth.of(holds(order));
  }

  private boolean holds(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case GREATER -> order > 0;
      case AT_LEAST -> order >= 0;
    };
  }

  /** Numeric order, in which -0 equals 0 and NaN has no place. */
  static int order(double left, double right) {
    if (left < right) {
      return -1;
    }
    if (left > right) {
      return 1;
    }
    return left == right ? 0 : UNORDERED;
  }

  static int order(Truth left, Truth right) {
    return left == Truth.UNDEFINED || right == Truth.UNDEFINED ? UNORDERED : left.compareTo(right);
  }
}
