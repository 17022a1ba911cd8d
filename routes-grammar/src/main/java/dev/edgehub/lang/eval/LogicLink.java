package dev.edgehub.lang.eval;

import java.util.Objects;

/**
 * One more operand of a chain of AND or OR.
 *
 * @param strict whether the operand or what it is joined to is a body value: then the result is
 *     undefined unless both hold a bool
 */
public record LogicLink(BoolNode operand, boolean strict) {
  public LogicLink {
    Objects.requireNonNull(operand, "operand");
  }
}
