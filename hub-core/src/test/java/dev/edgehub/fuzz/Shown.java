package dev.edgehub.fuzz;

import dev.edgehub.lang.RouteIssue;
import dev.edgehub.lang.Span;
import java.util.List;

/** What holds for the issues of every route text. */
final class Shown {

  private Shown() {}

  /** Fails unless every issue stands inside the text and can be printed. */
  static void check(List<RouteIssue> issues, String text) {
    String[] lines = text.split("\r?\n", -1);
    for (RouteIssue issue : issues) {
      checkInside(issue.span(), lines);
      String rendered = issue.render(text);
      if (rendered.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c))) {
        throw new AssertionError("a control character is printed: " + rendered);
      }
    }
  }

  /** The end of the text is a place too, one column wide. */
  private static void checkInside(Span span, String[] lines) {
    if (span.line() > lines.length) {
      throw new AssertionError(span + " is below line " + lines.length);
    }
    int end = lines[span.line() - 1].length() + 2;
    if (span.endColumn() > end) {
      throw new AssertionError(span + " is behind column " + end);
    }
  }
}
