package dev.edgehub.lang.eval;

/** An expression of static type bool, and so a whole condition too. */
@FunctionalInterface
public non-sealed interface BoolNode extends Node, Condition {

  BoolNode TRUE = message -> Truth.TRUE;
  BoolNode FALSE = message -> Truth.FALSE;
  BoolNode UNDEFINED = message -> Truth.UNDEFINED;

  @Override
  default BoolNode asBool() {
    return this;
  }

  @Override
  default DynamicNode asDynamic() {
    return message ->
        switch (evaluate(message)) {
          case FALSE -> Value.FALSE;
          case TRUE -> Value.TRUE;
          case UNDEFINED -> Value.UNDEFINED;
        };
  }

  @Override
  default int orderAfter(Value left, MessageView message) {
    Truth right = evaluate(message);
    if (right == Truth.UNDEFINED) {
      return Comparison.UNORDERED;
    }
    return Values.order(left, right == Truth.TRUE ? Value.TRUE : Value.FALSE);
  }

  @Override
  default BoolNode isBool() {
    return message -> evaluate(message) == Truth.UNDEFINED ? Truth.UNDEFINED : Truth.TRUE;
  }

  @Override
  default BoolNode isDefined() {
    return message -> Truth.of(evaluate(message) != Truth.UNDEFINED);
  }
}
