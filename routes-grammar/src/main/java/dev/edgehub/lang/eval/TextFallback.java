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
    for (int i = 0; i < choices.size(); i++) {
      String text = choices.get(i).text(message);
      if (text != null || choices.get(i).hasNull(message)) {
        return text;
      }
    }
    return null;
  }

  @Override
  public boolean hasNull(MessageView message) {
    for (int i = 0; i < choices.size(); i++) {
      if (choices.get(i).text(message) != null) {
        return false;
      }
      if (choices.get(i).hasNull(message)) {
        return true;
      }
    }
    return false;
  }
}
