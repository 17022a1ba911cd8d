package dev.edgehub.lang.reference;

import dev.edgehub.lang.reference.Answer.Special;
import java.util.List;

/** The functions that take texts. */
final class TextFunctions {

  private TextFunctions() {}

  static Object of(String function, List<Answer> arguments) {
    if (function.equals("concat")) {
      return concat(arguments);
    }
    if (function.equals("as_number") && arguments.get(0).value() instanceof Double number) {
      return number;
    }
    if (!(arguments.get(0).value() instanceof String text)) {
      return Special.UNDEFINED;
    }
    return switch (function) {
      case "as_number" -> NumberWords.parse(text);
      case "length" -> (double) text.length();
      case "lower" -> mapped(text, false);
      case "upper" -> mapped(text, true);
      case "substring" -> substring(text, arguments);
      default -> search(function, text, arguments.get(1));
    };
  }

  /** A property that is null counts as empty; a body value that is null is no text. */
  static Object concat(List<Answer> parts) {
    StringBuilder joined = new StringBuilder();
    for (Answer part : parts) {
      if (part.value() instanceof String text) {
        joined.append(text);
      } else if (part.value() != Special.EMPTY) {
        return Special.UNDEFINED;
      }
    }
    return joined.toString();
  }

  private static String mapped(String text, boolean upper) {
    StringBuilder mapped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      mapped.append(upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
    }
    return mapped.toString();
  }

  private static Object substring(String text, List<Answer> arguments) {
    if (!(arguments.get(1).value() instanceof Double index)) {
      return Special.UNDEFINED;
    }
    if (arguments.size() == 2) {
      boolean inside = index >= 0 && index <= text.length();
      return inside ? text.substring(index.intValue()) : Special.UNDEFINED;
    }
    if (!(arguments.get(2).value() instanceof Double length)) {
      return Special.UNDEFINED;
    }
    boolean inside =
        index >= 0 && index < text.length() && length >= 0 && length <= text.length() - index;
    int from = index.intValue();
    return inside ? text.substring(from, from + length.intValue()) : Special.UNDEFINED;
  }

  private static Object search(String function, String text, Answer second) {
    if (!(second.value() instanceof String part)) {
      return Special.UNDEFINED;
    }
    return switch (function) {
      case "index_of" -> (double) text.indexOf(part);
      case "starts_with" -> text.startsWith(part);
      case "ends_with" -> text.endsWith(part);
      default -> text.contains(part);
    };
  }
}
