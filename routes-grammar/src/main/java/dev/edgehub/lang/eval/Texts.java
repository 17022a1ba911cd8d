package dev.edgehub.lang.eval;

import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** String functions; they answer null for undefined. */
final class Texts {

  private Texts() {}

  static String lower(String text) {
    // the dotted capital I has no one-to-one lower case outside Turkish
    return map(text, c -> c == '\u0130' ? c : Character.toLowerCase(c));
  }

  static String upper(String text) {
    // nor has the dotless small i an upper case
    return map(text, c -> c == '\u0131' ? c : Character.toUpperCase(c));
  }

  private static String map(String text, IntUnaryOperator mapping) {
    for (int i = 0; i < text.length(); i++) {
      if (mapping.applyAsInt(text.charAt(i)) != text.charAt(i)) {
        return mapFrom(i, text, mapping);
      }
    }
    return text;
  }

  private static String mapFrom(int start, String text, IntUnaryOperator mapping) {
    StringBuilder mapped = new StringBuilder(text);
    for (int i = start; i < text.length(); i++) {
      mapped.setCharAt(i, (char) mapping.applyAsInt(text.charAt(i)));
    }
    return mapped.toString();
  }

  static @Nullable String substring(@Nullable String text, double index) {
    if (text == null || !(index >= 0 && index <= text.length())) {
      return null;
    }
    return text.substring((int) index);
  }

  /** The fractions take part in the checks and are cut off only then. */
  static @Nullable String substring(@Nullable String text, double index, double length) {
    if (text == null || !(index >= 0 && index < text.length())) {
      return null;
    }
    if (!(length >= 0 && length <= text.length() - index)) {
      return null;
    }
    return text.substring((int) index, (int) index + (int) length);
  }
}
