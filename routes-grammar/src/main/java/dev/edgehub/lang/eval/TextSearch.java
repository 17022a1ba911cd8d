package dev.edgehub.lang.eval;

/**
 * The place of a part in a text, in time that grows with the sum of their lengths and not with the
 * product: either may be as long as a message body, and chosen to be slow to compare.
 */
final class TextSearch {

  /** Up to so many comparisons the plain search is good enough whatever the texts. */
  private static final long PLAIN_COST = 1 << 16;

  private TextSearch() {}

  static boolean contains(String text, String part) {
    return indexOf(text, part) >= 0;
  }

  /** As {@link String#indexOf(String)}. */
  static int indexOf(String text, String part) {
    return (long) text.length() * part.length() <= PLAIN_COST || part.length() >= text.length()
        ? text.indexOf(part)
        : linear(text, part);
  }

  /** Knuth, Morris and Pratt: what has matched is never compared again. */
  private static int linear(String text, String part) {
    int[] borders = borders(part);
    int matched = 0;
    for (int i = 0; i < text.length(); i++) {
      while (matched > 0 && part.charAt(matched) != text.charAt(i)) {
        matched = borders[matched - 1];
      }
      if (part.charAt(matched) == text.charAt(i)) {
        matched++;
      }
      if (matched == part.length()) {
        return i + 1 - matched;
      }
    }
    return -1;
  }

  /** For each start of the part the length of the longest shorter start that it also ends with. */
  private static int[] borders(String part) {
    int[] borders = new int[part.length()];
    int border = 0;
    for (int i = 1; i < part.length(); i++) {
      while (border > 0 && part.charAt(border) != part.charAt(i)) {
        border = borders[border - 1];
      }
      if (part.charAt(border) == part.charAt(i)) {
        border++;
      }
      borders[i] = border;
    }
    return borders;
  }
}
