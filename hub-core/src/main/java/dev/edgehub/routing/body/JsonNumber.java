package dev.edgehub.routing.body;

import java.nio.charset.StandardCharsets;

/** JSON numbers as IEEE doubles, rounded as {@link Double#parseDouble} rounds. */
final class JsonNumber {

  /** Doubles hold every whole number up to here. */
  private static final long MAX_EXACT = 1L << 53;

  /** Doubles hold these powers of ten, and no higher ones. */
  private static final double[] EXACT_POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private JsonNumber() {}

  /**
   * The value of a number that is known to be well formed. One with few digits and no exponent is
   * the quotient of two numbers that doubles hold, and a division rounds once, correctly.
   */
  static double value(byte[] bytes, int start, int end) {
    boolean negative = bytes[start] == '-';
    long digits = 0;
    int decimals = 0;
    int point = end;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9 && digits < MAX_EXACT / 10) {
        digits = 10 * digits + digit;
        decimals = i > point ? i - point : 0;
      } else if (bytes[i] == '.') {
        point = i;
      } else {
        return parsed(bytes, start, end);
      }
    }
    if (decimals >= EXACT_POWERS.length) {
      return parsed(bytes, start, end);
    }
    double value = digits / EXACT_POWERS[decimals];
    return negative ? -value : value;
  }

  private static double parsed(byte[] bytes, int start, int end) {
    return Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
  }
}
