package dev.edgehub.lang;

/** Text of others made fit to print: nothing in it can move a cursor or hide what follows. */
public final class Quoted {

  private static final int LONGEST = 60;

  private Quoted() {}

  /** Escaped and, if long, cut. */
  public static String brief(String text) {
    return text.length() <= LONGEST ? escape(text) : escape(text.substring(0, LONGEST)) + "\u2026";
  }

  /** Control characters and the like as escapes. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          appendEscape(escaped, c);
      case Character.SPACE_SEPARATOR -> {
        if (c == ' ') {
          escaped.append(' ');
        } else {
          appendEscape(escaped, c);
        }
      }
      default -> escaped.appendCodePoint(c);
    }
  }

  private static void appendEscape(StringBuilder escaped, int c) {
    switch (c) {
      case '\t' -> escaped.append("\\t");
      case '\n' -> escaped.append("\\n");
      case '\r' -> escaped.append("\\r");
      default -> {
        for (char unit : Character.toChars(c)) {
          escaped.append(String.format("\\u%04x", (int) unit));
        }
      }
    }
  }
}
