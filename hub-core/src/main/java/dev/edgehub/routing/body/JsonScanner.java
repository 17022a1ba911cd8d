package dev.edgehub.routing.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a JSON text in UTF-8, one after the other. Each step checks what it passes, strings
 * and their encoding too, and answers whether it was well formed; after a step that was not, the
 * scanner is of no more use. It makes no objects but for {@link #text} and rare numbers.
 */
final class JsonScanner {

  /** What {@link #next} gives behind the last byte. */
  static final int END = -1;

  /** More digits than that in one number are damage: their cost grows faster than their count. */
  static final int MAX_DIGITS = 64;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long SPACES = ' ' * ONES;

  private final byte[] bytes;
  private int at;
  private int start;
  private int end;
  private boolean escaped;
  private boolean fractional;

  JsonScanner(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The next byte that is not white space, which is passed; {@link #END} when there is none. */
  int next() {
    while (at < bytes.length) {
      int b = bytes[at++];
      if (b > ' ' || !isSpace(b)) {
        return b & 0xff;
      }
    }
    return END;
  }

  private static boolean isSpace(int b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Passes the rest of a word whose first letter was passed. */
  boolean word(String word) {
    int letters = word.length() - 1;
    if (bytes.length - at < letters) {
      return false;
    }
    for (int i = 1; i <= letters; i++) {
      if (bytes[at++] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Passes a string whose opening quote was passed. */
  boolean string() {
    start = at;
    escaped = false;
    int i = at;
    while (i >= 0) {
      i = plainEnd(i);
      if (i == bytes.length) {
        return false;
      }
      int b = bytes[i];
      if (b == '"') {
        end = i;
        at = i + 1;
        return true;
      }
      if (b == '\\') {
        escaped = true;
        i = JsonText.escapeEnd(bytes, i);
      } else {
        i = b < 0 ? Utf8.end(bytes, i) : -1;
      }
    }
    return false;
  }

  /**
   * Where the first byte from {@code i} on is that is not a plain character: a quote, a backslash,
   * a control character, or one outside ASCII.
   */
  private int plainEnd(int i) {
    int from = i;
    while (bytes.length - from >= Long.BYTES) {
      long eight = (long) EIGHT_BYTES.get(bytes, from);
      // marks the high bit of each such byte; a wrong mark can only stand above a right one
      long marks =
          (eight | zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES) | ((eight - SPACES) & ~eight))
              & HIGH_BITS;
      if (marks != 0) {
        return from + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
      from += Long.BYTES;
    }
    while (from < bytes.length && isPlain(bytes[from])) {
      from++;
    }
    return from;
  }

  private static long zeros(long eight) {
    return (eight - ONES) & ~eight;
  }

  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }

  /** Passes a number whose first character was passed. */
  boolean number() {
    start = at - 1;
    fractional = false;
    int first = bytes[start] == '-' ? at : start;
    int whole = digits(first);
    if (whole == 0 || (whole > 1 && bytes[first] == '0')) {
      return false;
    }
    int all = whole;
    if (peek() == '.') {
      fractional = true;
      int fraction = digits(at + 1);
      if (fraction == 0) {
        return false;
      }
      all += fraction;
    }
    if ((peek() | 0x20) == 'e') {
      fractional = true;
      at++;
      int exponent = digits(peek() == '+' || peek() == '-' ? at + 1 : at);
      if (exponent == 0) {
        return false;
      }
      all += exponent;
    }
    end = at;
    return all <= MAX_DIGITS;
  }

  /** Passes the digits from {@code from} on; how many they are. */
  private int digits(int from) {
    at = from;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at - from;
  }

  private int peek() {
    return at < bytes.length ? bytes[at] : END;
  }

  /** The string that was passed last. */
  String text() {
    return escaped ? JsonText.unescaped(bytes, start, end) : Utf8.text(bytes, start, end);
  }

  /** The number that was passed last. A whole one has no negative zero. */
  double value() {
    double value = JsonNumber.value(bytes, start, end);
    return value == 0 && !fractional ? 0 : value;
  }

  /** Which member of {@code node} has the string that was passed last as its name, if any. */
  @Nullable PathNode member(PathNode node) {
    return escaped ? node.member(text()) : node.member(bytes, start, end);
  }
}
