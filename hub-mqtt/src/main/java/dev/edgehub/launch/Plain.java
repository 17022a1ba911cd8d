package dev.edgehub.launch;

/** Text that others chose, made harmless for a terminal. */
final class Plain {

  private Plain() {}

  /** The text with control characters, but for tabs and line ends, as {@code \}{@code u001b}. */
  static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\t') {
        plain.append(String.format("\\u%04x", (int) c));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
