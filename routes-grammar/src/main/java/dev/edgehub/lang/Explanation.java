package dev.edgehub.lang;

import dev.edgehub.lang.eval.Truth;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a condition makes of one message.
 *
 * @param parts the whole condition first, each part followed by those it is made of; empty without
 *     WHERE
 * @param truth what the route goes by
 * @param note why a condition that is not a bool counts as {@code truth}
 */
public record Explanation(List<ConditionPart> parts, Truth truth, @Nullable String note) {

  public Explanation {
    parts = List.copyOf(parts);
    Objects.requireNonNull(truth, "truth");
  }
}
