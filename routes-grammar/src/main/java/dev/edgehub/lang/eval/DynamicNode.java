package dev.edgehub.lang.eval;

/** An expression whose type shows only at run time, or one of the constants null and undefined. */
@FunctionalInterface
public non-sealed interface DynamicNode extends Node {

  /** The value for one message. */
  Value value(MessageView message);

  @Override
  default BoolNode asBool() {
    return message -> Values.truth(value(message));
  }

  @Override
  default NumberNode asNumber() {
    return message -> Values.number(value(message));
  }

  @Override
  default TextNode asText() {
    return new DynamicText(this);
  }

  @Override
  default NumberNode toNumber() {
    return message -> {
      Value value = value(message);
      String text = Values.text(value);
      return text == null ? Values.number(value) : Numbers.parse(text);
    };
  }

  @Override
  default DynamicNode asDynamic() {
    return this;
  }

  @Override
  default int orderAfter(Value left, MessageView message) {
    return Values.order(left, value(message));
  }

  @Override
  default BoolNode isBool() {
    return message -> isKind(value(message), Value.Kind.BOOL);
  }

  @Override
  default BoolNode isNumber() {
    return message -> Truth.of(Double.isFinite(Values.number(value(message))));
  }

  @Override
  default BoolNode isString() {
    return message -> Truth.of(value(message).kind() == Value.Kind.TEXT);
  }

  @Override
  default BoolNode isNull() {
    return message -> {
      Value value = value(message);
      return value instanceof NullText ? Truth.TRUE : isKind(value, Value.Kind.NULL);
    };
  }

  @Override
  default BoolNode isDefined() {
    return message -> Truth.of(Values.isDefined(value(message)));
  }

  private static Truth isKind(Value value, Value.Kind wanted) {
    return Values.isUndefined(value) ? Truth.UNDEFINED : Truth.of(value.kind() == wanted);
  }
}
