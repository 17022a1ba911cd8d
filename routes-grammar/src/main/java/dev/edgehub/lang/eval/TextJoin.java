package dev.edgehub.lang.eval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ||} and {@code concat}: undefined with any undefined part, but a null part is empty.
 * Undefined beyond a length.
 */
record TextJoin(List<TextNode> parts) implements TextNode {

  /**
   * UTF-16 units that may be built. As much as the largest message holds: only parts that repeat
   * themselves get there, and a route of nothing else could ask for a gigabyte.
   */
  static final int LONGEST = 262_144;

  TextJoin {
    parts = List.copyOf(parts);
  }

  @Override
  public @Nullable String text(MessageView message) {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i).raw(message); // the mark of a null is empty
      if (part == null || part.length() > LONGEST - joined.length()) {
        return null;
      }
      joined.append(part);
    }
    return joined.toString();
  }
}
