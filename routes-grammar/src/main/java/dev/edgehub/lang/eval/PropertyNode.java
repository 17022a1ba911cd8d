package dev.edgehub.lang.eval;

import org.jspecify.annotations.Nullable;

/** {@code name}: a user property. */
record PropertyNode(String name) implements TextNode {

  @Override
  public @Nullable String text(MessageView message) {
    return message.property(name);
  }

  @Override
  public @Nullable String raw(MessageView message) {
    String text = message.property(name);
    return text == null && message.hasProperty(name) ? NullText.MARK : text;
  }
}
