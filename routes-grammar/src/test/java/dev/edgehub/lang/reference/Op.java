package dev.edgehub.lang.reference;

import java.util.List;

/** The binary operators, with all their spellings; those of one level apply from the left. */
public enum Op {
  COALESCE(1, "??"),
  OR(2, "OR"),
  AND(3, "AND"),
  EQUAL(4, "="),
  UNEQUAL(4, "!=", "<>"),
  LESS(5, "<"),
  AT_MOST(5, "<="),
  GREATER(5, ">"),
  AT_LEAST(5, ">="),
  ADD(6, "+"),
  SUBTRACT(6, "-"),
  JOIN(6, "||"),
  MULTIPLY(7, "*"),
  DIVIDE(7, "/"),
  MODULO(7, "%");

  /** The level of a prefix operator. */
  static final int PREFIX = 8;

  /** The level of what needs no brackets anywhere. */
  static final int PRIMARY = 9;

  static final List<Op> COMPARISONS = List.of(EQUAL, UNEQUAL, LESS, AT_MOST, GREATER, AT_LEAST);
  static final List<Op> ARITHMETIC = List.of(ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO);

  private final int level;
  private final String symbol;
  private final String synonym;

  Op(int level, String symbol) {
    this(level, symbol, symbol);
  }

  Op(int level, String symbol, String synonym) {
    this.level = level;
    this.symbol = symbol;
    this.synonym = synonym;
  }

  int level() {
    return level;
  }

  List<String> spellings() {
    return List.of(symbol, synonym);
  }
}
