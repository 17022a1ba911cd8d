package dev.edgehub.lang.eval;

import org.jspecify.annotations.Nullable;

/** {@code name}: a user property. */
record PropertyNode(String name) implements TextNode {

  @Override
  public @Nullable String text(MessageView message) {
    return message.property(name);
  }

  @Override
  public boolean hasNull(MessageView message) {
    return message.hasProperty(name) && message.property(name) == null;
  }
}
