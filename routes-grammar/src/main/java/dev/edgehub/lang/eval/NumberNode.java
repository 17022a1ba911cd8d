package dev.edgehub.lang.eval;

/** An expression of static type number. */
@FunctionalInterface
public non-sealed interface NumberNode extends Node {

  NumberNode UNDEFINED = message -> Double.NaN;

  /** The number for one message; NaN is undefined. */
  double number(MessageView message);

  @Override
  default NumberNode asNumber() {
    return this;
  }

  @Override
  default DynamicNode asDynamic() {
    return new DynamicNumber(this);
  }

  @Override
  default int orderAfter(Value left, MessageView message) {
    double right = number(message);
    Value.Kind kind = left.kind();
    if (kind == Value.Kind.UNDEFINED || Double.isNaN(right)) {
      return Comparison.UNORDERED;
    }
    return kind == Value.Kind.NUMBER
        ? Comparison.order(Values.number(left), right)
        : kind.compareTo(Value.Kind.NUMBER);
  }

  @Override
  default BoolNode isNumber() {
    return message -> Truth.of(Double.isFinite(number(message)));
  }

  @Override
  default BoolNode isDefined() {
    return message -> Truth.of(!Double.isNaN(number(message)));
  }
}
