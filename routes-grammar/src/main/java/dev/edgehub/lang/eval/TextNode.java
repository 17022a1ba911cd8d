package dev.edgehub.lang.eval;

import org.jspecify.annotations.Nullable;

/**
 * An expression of static type string. Two things have no text: what is undefined, and a property
 * whose value is null, which counts as defined and as empty in a concatenation. Who must tell the
 * two apart asks {@link #raw}, in one visit: asking twice would double the work at every level.
 */
@FunctionalInterface
public non-sealed interface TextNode extends Node {

  TextNode UNDEFINED = message -> null;

  /** The text for one message, or null. */
  @Nullable String text(MessageView message);

  /** The text, or {@link NullText#MARK} for a value that is null, or null for undefined. */
  default @Nullable String raw(MessageView message) {
    return text(message);
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
    return message -> NullText.value(raw(message));
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
    return message -> Truth.of(NullText.isMark(raw(message)));
  }

  @Override
  default BoolNode isDefined() {
    return message -> Truth.of(raw(message) != null);
  }
}
