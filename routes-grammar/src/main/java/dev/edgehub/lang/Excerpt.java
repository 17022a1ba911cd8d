package dev.edgehub.lang;

/** The source line of an issue, with carets under its place. */
final class Excerpt {

  /** Characters shown on either side of the place; a line may be the whole of a long route. */
  private static final int AROUND = 60;

  private static final String CUT = "\u2026";

  private final String line;
  private final Span span;

  Excerpt(String source, Span span) {
    String[] lines = source.split("\r?\n", -1);
    this.line = lines[Math.min(span.line(), lines.length) - 1];
    this.span = span;
  }

  void appendTo(StringBuilder rendered) {
    int from = Math.min(span.column() - 1, line.length());
    int to = Math.max(from, Math.min(span.endColumn() - 1, line.length()));
    int shownTo = Math.min(to, from + AROUND);
    int start = Math.max(0, from - AROUND);
    int end = Math.min(line.length(), shownTo + AROUND);
    String before = (start > 0 ? CUT : "") + Quoted.escape(line.substring(start, from));
    String place = Quoted.escape(line.substring(from, shownTo));
    String after = Quoted.escape(line.substring(shownTo, end)) + (end < line.length() ? CUT : "");
    rendered.append("\n  ").append(before).append(place).append(after.stripTrailing());
    rendered.append("\n  ").append(" ".repeat(before.length()));
    rendered.append("^".repeat(Math.max(1, place.length())));
  }
}
