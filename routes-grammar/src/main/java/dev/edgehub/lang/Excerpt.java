package dev.edgehub.lang;

/** The source line of an issue, with carets under its place. */
final class Excerpt {

  /** Characters shown on either side of the place; a line may be the whole of a long route. */
  static final int AROUND = 60;

  private static final String CUT = "\u2026";

  private final String line;
  private final Span span;

  Excerpt(String source, Span span) {
    this.line = line(source, span.line());
    this.span = span;
  }

  /** The last one if there are not so many. */
  private static String line(String source, int number) {
    int start = 0;
    int end = source.indexOf('\n');
    for (int line = 1; line < number && end >= 0; line++) {
      start = end + 1;
      end = source.indexOf('\n', start);
    }
    String line = source.substring(start, end < 0 ? source.length() : end);
    return end >= 0 && line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  void appendTo(StringBuilder rendered) {
    int from = Math.min(span.column() - 1, line.length());
    int to = Math.max(from, Math.min(span.endColumn() - 1, line.length()));
    boolean fits = line.length() <= 2 * AROUND;
    int shownTo = fits ? to : wholeLetter(Math.min(to, from + AROUND));
    int start = fits ? 0 : wholeLetter(Math.max(0, from - AROUND));
    int end = fits ? line.length() : wholeLetter(Math.min(line.length(), shownTo + AROUND));
    String before = (start > 0 ? CUT : "") + Quoted.escape(line.substring(start, from));
    String place = Quoted.escape(line.substring(from, shownTo));
    String after = Quoted.escape(line.substring(shownTo, end)) + (end < line.length() ? CUT : "");
    rendered.append("\n  ").append(before).append(place).append(after.stripTrailing());
    rendered.append("\n  ").append(" ".repeat(Cells.of(before)));
    rendered.append("^".repeat(Math.max(1, Cells.of(place))));
  }

  /** A cut goes around a letter of two units, not through it. */
  private int wholeLetter(int cut) {
    boolean inside =
        cut > 0
            && cut < line.length()
            && Character.isSurrogatePair(line.charAt(cut - 1), line.charAt(cut));
    return inside ? cut + 1 : cut;
  }
}
