package dev.edgehub.lang.eval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ||} and {@code concat}: undefined with any undefined part, but a null part is empty. */
record TextJoin(List<TextNode> parts) implements TextNode {

  TextJoin {
    parts = List.copyOf(parts);
  }

  @Override
  public @Nullable String text(MessageView message) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i).text(message);
      if (part != null) {
        joined.append(part);
      } else if (!parts.get(i).hasNull(message)) {
        return null;
      }
    }
    return joined.toString();
  }
}
