package dev.edgehub.lang;

import dev.edgehub.lang.eval.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One part of a condition with its value for one message.
 *
 * @param depth 0 for the whole condition, 1 for its operands, and so on
 * @param text as written in the route, less brackets around it; cut after {@value #LONGEST} units
 * @param span the part of it on its first line, relative to the route text
 * @param constant whether it is a literal, so that no message changes it
 * @param value for the message; a text is cut after {@value #LONGEST} units
 * @param note why the value is what it is, where the parts below do not show it
 */
public record ConditionPart(
    int depth, String text, Span span, boolean constant, Value value, @Nullable String note) {

  /** UTF-16 units of a text that are kept. */
  public static final int LONGEST = 1_000;

  public ConditionPart {
    Objects.requireNonNull(span, "span");
    text = cut(text);
    value = value instanceof Value.Text string ? new Value.Text(cut(string.text())) : value;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\u2026";
  }
}
