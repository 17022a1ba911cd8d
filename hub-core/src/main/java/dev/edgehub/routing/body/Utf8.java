package dev.edgehub.routing.body;

import java.nio.charset.StandardCharsets;

/** UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

  private Utf8() {}

  /** Where the character ends whose first byte, outside ASCII, is at {@code i}; -1 if damaged. */
  static int end(byte[] bytes, int i) {
    int first = bytes[i] & 0xff;
    int length = length(first);
    if (length == 0 || bytes.length - i < length || !isSecond(first, bytes[i + 1] & 0xff)) {
      return -1;
    }
    for (int next = i + 2; next < i + length; next++) {
      if ((bytes[next] & 0xc0) != 0x80) {
        return -1;
      }
    }
    return i + length;
  }

  private static int length(int first) {
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  }

  /** Four first bytes narrow the range of the second. */
  private static boolean isSecond(int first, int second) {
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    return second >= least && second <= most;
  }

  static String text(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
