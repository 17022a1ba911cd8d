package dev.edgehub.lang;

/** What the text of a literal token stands for. */
final class Literals {

  private static final int LONGEST_HEX = 16;

  private Literals() {}

  /** A string without its quotes; each escape is replaced once. */
  static String text(String quoted) {
    StringBuilder text = new StringBuilder(quoted.length());
    int end = quoted.length() - 1;
    for (int at = 1; at < end; at++) {
      char c = quoted.charAt(at);
      if (c == '\\') {
        at++;
        c = quoted.charAt(at);
        if (c == 'u') {
          c = (char) Integer.parseInt(quoted, at + 1, at + 5, 16);
          at += 4;
        }
      }
      text.append(c);
    }
    return text.toString();
  }

  /** 16 digits wrap to a negative number as 64 bits do; NaN for more, leading zeros aside. */
  static double hex(String literal) {
    int start = 2;
    while (start < literal.length() - 1 && literal.charAt(start) == '0') {
      start++;
    }
    return literal.length() - start > LONGEST_HEX
        ? Double.NaN
        : (double) Long.parseUnsignedLong(literal, start, literal.length(), 16);
  }
}
