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

  /** Without the white space of Unicode at either end. */
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    boolean control = (c >= '\t' && c <= '\r') || c == '\u0085';
    return control || Character.isSpaceChar(c);
  }

  private static String map(String text, IntUnaryOperator mapping) {
    for (int i = 0; i < text.length(); ) {
      int letter = text.codePointAt(i);
      if (mapping.applyAsInt(letter) != letter) {
        return mapFrom(i, text, mapping);
      }
      i += Character.charCount(letter);
    }
    return text;
  }

  private static String mapFrom(int start, String text, IntUnaryOperator mapping) {
    StringBuilder mapped = new StringBuilder(text.length()).append(text, 0, start);
    for (int i = start; i < text.length(); ) {
      int letter = text.codePointAt(i);
      mapped.appendCodePoint(mapping.applyAsInt(letter));
      i += Character.charCount(letter);
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
