package dev.edgehub.routing.body;

import dev.edgehub.lang.eval.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values found so far, by node. A member given again hides all that was found below the earlier one
 * without visiting it: a value counts only while every node above it still has the stamp that it
 * had when the value was found.
 */
final class Found {

  private final @Nullable Value[] values;
  private final int[] stamps;
  private final int[] stampsAbove;
  private int last;

  Found(int nodes) {
    values = new Value[nodes];
    stamps = new int[nodes];
    stampsAbove = new int[nodes];
  }

  void set(PathNode node, Value value) {
    PathNode parent = Objects.requireNonNull(node.parent(), "the root has no value");
    values[node.number()] = value;
    stampsAbove[node.number()] = stamps[parent.number()];
    stamps[node.number()] = ++last;
  }

  /** The value found last, or {@link Value#MISSING}. */
  Value get(PathNode node) {
    PathNode below = node;
    for (PathNode above = node.parent(); above != null; above = above.parent()) {
      if (stampsAbove[below.number()] != stamps[above.number()]) {
        return Value.MISSING;
      }
      below = above;
    }
    Value value = values[node.number()];
    return value == null ? Value.MISSING : value;
  }
}
