package dev.edgehub.lang;

/**
 * A backslash in a string that begins no escape.
 *
 * @param start of the backslash in the token
 * @param text the backslash and what shows that it is wrong
 */
record BadEscape(int start, String text) {

  private static final int UNICODE = 6;

  int end() {
    return start + text.length();
  }

  /** The first one of a quoted string that has one. */
  static BadEscape firstIn(String quoted) {
    int at = 1;
    int length = lengthAt(quoted, at);
    while (length > 0) {
      at += length;
      length = lengthAt(quoted, at);
    }
    int end = Math.min(at + 2, quoted.length());
    return new BadEscape(at, quoted.substring(at, end));
  }

  /** How many characters of the token make one of the string; 0 for a bad escape. */
  private static int lengthAt(String quoted, int at) {
    if (quoted.charAt(at) != '\\') {
      return 1;
    }
    char escaped = quoted.charAt(at + 1);
    if (escaped == 'u') {
      boolean complete = at + UNICODE <= quoted.length() && isHex(quoted, at + 2, at + UNICODE);
      return complete ? UNICODE : 0;
    }
    return escaped == '"' || escaped == '\'' || escaped == '\\' ? 2 : 0;
  }

  private static boolean isHex(String text, int from, int to) {
    return text.substring(from, to).chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x7f);
  }
}
