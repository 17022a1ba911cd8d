package dev.edgehub.lang;

/**
 * A place in a route text, on one line.
 *
 * @param line 1-based
 * @param column 1-based, in UTF-16 units
 * @param endColumn exclusive, greater than {@code column} or equal to it
 */
public record Span(int line, int column, int endColumn) {

  public Span {
    if (line < 1 || column < 1 || endColumn < column) {
      throw new IllegalArgumentException(
          "not a span: line " + line + ", columns " + column + " to " + endColumn);
    }
  }
}
