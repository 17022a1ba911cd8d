package dev.edgehub.lang.eval;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A compiled {@code $body.} path: member names and array positions from the root object down.
 *
 * @param text the path as written after {@code $body.}
 * @param steps at least one step, the first a {@link Member}
 */
public record BodyPath(String text, List<Step> steps) {

  public BodyPath {
    Objects.requireNonNull(text, "text");
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a body path has at least one step: " + text);
    }
  }

  /** Quick, since a string keeps its own; equal paths have equal texts. */
  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof BodyPath that && text.equals(that.text) && steps.equals(that.steps));
  }

  /** One step down. */
  public sealed interface Step {}

  /** Into the member of an object; the name is case-sensitive. */
  public record Member(String name) implements Step {
    public Member {
      Objects.requireNonNull(name, "name");
    }
  }

  /** Into the element of an array, counted from 0. */
  public record Element(int index) implements Step {
    public Element {
      if (index < 0) {
        throw new IllegalArgumentException("an array position is at least 0, not " + index);
      }
    }
  }
}
