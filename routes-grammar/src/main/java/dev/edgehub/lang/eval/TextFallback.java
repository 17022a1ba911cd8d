package dev.edgehub.lang.eval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ??} on strings: the first defined one, and a null value is defined. */
record TextFallback(List<TextNode> choices) implements TextNode {

  TextFallback {
    choices = List.copyOf(choices);
  }

  @Override
  public @Nullable String text(MessageView message) {
    return NullText.text(raw(message));
  }

  @Override
  public @Nullable String raw(MessageView message) {
    String raw = null;
    for (int i = 0; i < choices.size() && raw == null; i++) {
      raw = choices.get(i).raw(message);
    }
    return raw;
  }
}
