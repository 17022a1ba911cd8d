package dev.edgehub.lang.eval;

import org.jspecify.annotations.Nullable;

/**
 * An expression of static type string. Two things have no text: what is undefined, and a property
 * whose value is null, which counts as defined and as empty in a concatenation.
 */
@FunctionalInterface
public non-sealed interface TextNode extends Node {

  TextNode UNDEFINED = message -> null;

  /** The text for one message, or null. */
  @Nullable String text(MessageView message);

  /** Whether there is a value, be it null. Asked only when there is no text. */
  default boolean hasNull(MessageView message) {
    return false;
  }

  @Override
  default TextNode asText() {
    return this;
  }

  @Override
  default NumberNode toNumber() {
    return message -> {
      String text = text(message);
      return text == null ? Double.NaN : Numbers.parse(text);
    };
  }

  @Override
  default DynamicNode asDynamic() {
    return message -> {
      String text = text(message);
      return text == null ? Value.UNDEFINED : new Value.Text(text);
    };
  }

  @Override
  default int orderAfter(Value left, MessageView message) {
    String right = text(message);
    Value.Kind kind = left.kind();
    if (kind == Value.Kind.UNDEFINED || right == null) {
      return Comparison.UNORDERED;
    }
    String text = Values.text(left);
    return text == null ? kind.compareTo(Value.Kind.TEXT) : text.compareTo(right);
  }

  @Override
  default BoolNode isString() {
    return message -> Truth.of(text(message) != null);
  }

  @Override
  default BoolNode isNull() {
    return message -> Truth.of(text(message) == null && hasNull(message));
  }

  @Override
  default BoolNode isDefined() {
    return message -> Truth.of(text(message) != null || hasNull(message));
  }
}
