package dev.edgehub.lang.reference;

import dev.edgehub.lang.reference.Answer.Special;
import java.util.List;
import java.util.Map;

/**
 * A message as the reference sees it.
 *
 * @param properties names in any case to a text or {@link Special#NULL}
 * @param body of the whole, as maps, lists, {@link DateText} and plain values; only asked if {@code
 *     readable}
 * @param json the same message in the form of the vector files
 */
public record RandomMessage(
    Map<String, Object> properties,
    Map<String, Object> systemProperties,
    Object body,
    boolean readable,
    String json) {

  /** A text that conditions do not see, as it looks like a date. */
  record DateText(String text) {}

  Object user(String name) {
    return properties.getOrDefault(name, Special.MISSING);
  }

  Object system(String name) {
    return systemProperties.getOrDefault(name, Special.MISSING);
  }

  /** Whether a whole name of the path is a star: such a path is undefined in every message. */
  static boolean isWild(String path) {
    return List.of(path.split("\\.", -1)).contains("*");
  }

  /** The value at a path as conditions see it. */
  Object body(String path) {
    if (!readable || isWild(path)) {
      return Special.UNDEFINED;
    }
    Object value = body;
    for (String step : path.split("\\.|(?=\\[)", -1)) {
      value = step.startsWith("[") ? element(value, step) : member(value, step);
    }
    boolean hidden = value instanceof Map || value instanceof List || value instanceof DateText;
    return hidden ? Special.UNDEFINED : value;
  }

  private static Object member(Object value, String name) {
    return value instanceof Map<?, ?> object && object.containsKey(name)
        ? object.get(name)
        : Special.MISSING;
  }

  private static Object element(Object value, String step) {
    double index = Double.parseDouble(step.substring(1, step.length() - 1));
    return value instanceof List<?> list && index < list.size()
        ? list.get((int) index)
        : Special.MISSING;
  }
}
