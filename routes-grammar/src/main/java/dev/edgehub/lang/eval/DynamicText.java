package dev.edgehub.lang.eval;

import org.jspecify.annotations.Nullable;

/** A body value where text is asked for. */
record DynamicText(DynamicNode node) implements TextNode {

  @Override
  public @Nullable String text(MessageView message) {
    return Values.text(node.value(message));
  }

  @Override
  public @Nullable String raw(MessageView message) {
    return Values.raw(node.value(message));
  }
}
