package dev.edgehub.routing.body;

/** The escapes in JSON strings. */
final class JsonText {

  private static final String ESCAPED = "\"\\/bfnrt";
  private static final String MEANT = "\"\\/\b\f\n\r\t";

  private JsonText() {}

  /** Where the escape ends whose backslash is at {@code i}; -1 if it is none. */
  static int escapeEnd(byte[] bytes, int i) {
    if (i + 1 == bytes.length) {
      return -1;
    }
    if (bytes[i + 1] != 'u') {
      return ESCAPED.indexOf(bytes[i + 1]) < 0 ? -1 : i + 2;
    }
    if (bytes.length - i < 6) {
      return -1;
    }
    for (int digit = i + 2; digit < i + 6; digit++) {
      if (hex(bytes[digit]) < 0) {
        return -1;
      }
    }
    return i + 6;
  }

  /** The text of a string that is known to be well formed. */
  static String unescaped(byte[] bytes, int start, int end) {
    StringBuilder text = new StringBuilder(end - start);
    int from = start;
    for (int i = start; i < end; ) {
      if (bytes[i] != '\\') {
        i++;
        continue;
      }
      text.append(Utf8.text(bytes, from, i)).append(meant(bytes, i));
      i += bytes[i + 1] == 'u' ? 6 : 2;
      from = i;
    }
    return text.append(Utf8.text(bytes, from, end)).toString();
  }

  private static char meant(byte[] bytes, int i) {
    if (bytes[i + 1] != 'u') {
      return MEANT.charAt(ESCAPED.indexOf(bytes[i + 1]));
    }
    int unit = 0;
    for (int digit = i + 2; digit < i + 6; digit++) {
      unit = (unit << 4) | hex(bytes[digit]);
    }
    return (char) unit;
  }

  /** The digit's value; the letters of other scripts that Java takes for digits are no bytes. */
  private static int hex(byte digit) {
    return Character.digit(digit, 16);
  }
}
