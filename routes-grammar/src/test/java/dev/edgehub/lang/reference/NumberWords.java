package dev.edgehub.lang.reference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code as_number} takes, as one pattern. */
final class NumberWords {

  private static final String SPACE = "[\\t-\\r ]*";
  private static final Pattern NUMBER =
      Pattern.compile(
          SPACE
              + "(?<open>\\()?(?<before>[+-])?"
              + "(?<digits>(?:[0-9][0-9,]*(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
              + SPACE
              + "(?<after>[+-])?"
              + SPACE
              + "(?<close>\\))?"
              + SPACE);

  private NumberWords() {}

  /** The number, or NaN for a text that is none. */
  static double parse(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      return word(text.strip());
    }
    boolean bracketed = number.group("open") != null;
    boolean paired = bracketed == (number.group("close") != null);
    int signs = count(bracketed) + count(number.group("before")) + count(number.group("after"));
    if (!paired || signs > 1) {
      return Double.NaN;
    }
    boolean negative =
        bracketed || "-".equals(number.group("before")) || "-".equals(number.group("after"));
    double value = Double.parseDouble(number.group("digits").replace(",", ""));
    return negative ? -value : value;
  }

  private static int count(boolean given) {
    return given ? 1 : 0;
  }

  private static int count(String group) {
    return count(group != null);
  }

  private static double word(String text) {
    if (text.equalsIgnoreCase("Infinity") || text.equalsIgnoreCase("+Infinity")) {
      return Double.POSITIVE_INFINITY;
    }
    return text.equalsIgnoreCase("-Infinity") ? Double.NEGATIVE_INFINITY : Double.NaN;
  }
}
