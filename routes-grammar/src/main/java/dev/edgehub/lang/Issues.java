package dev.edgehub.lang;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one route, and knows where its tokens stand. */
final class Issues {

  /** More than anyone reads; a hostile text could have thousands. */
  private static final int MOST = 50;

  private final String route;
  private final String source;
  private final List<RouteIssue> found = new ArrayList<>();
  private final List<RouteIssue> unread = new ArrayList<>();

  Issues(String route, String source) {
    this.route = route;
    this.source = source;
  }

  void add(IssueCode code, Span span, String text, @Nullable String hint) {
    if (found.size() < MOST) {
      found.add(new RouteIssue(code, route, span, text, hint));
    }
  }

  /** A mistake that keeps a part of the route from being read at all. */
  void addSyntax(Span span, String text, @Nullable String hint) {
    if (found.size() < MOST) {
      RouteIssue issue = new RouteIssue(IssueCode.SYNTAX, route, span, text, hint);
      found.add(issue);
      unread.add(issue);
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** In order of place, but what keeps the route from being read before all else. */
  List<RouteIssue> sorted() {
    Comparator<RouteIssue> unreadFirst = Comparator.comparing(issue -> !unread.contains(issue));
    return found.stream()
        .sorted(
            unreadFirst
                .thenComparingInt(issue -> issue.span().line())
                .thenComparingInt(issue -> issue.span().column()))
        .toList();
  }

  /** The characters of a token from {@code start} up to {@code end}, counted from its first. */
  Span spanIn(Token token, int start, int end) {
    int line = token.getLine();
    int lineStart = token.getStartIndex() - token.getCharPositionInLine();
    for (int i = token.getStartIndex(); i < token.getStartIndex() + start; i++) {
      if (source.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    int column = token.getStartIndex() + start - lineStart + 1;
    return new Span(line, column, column + end - start);
  }

  /**
   * The part of a token that stands on its first line, with the end of that line if it goes on; one
   * column behind the end for the end.
   */
  Span spanOf(Token token) {
    int line = token.getLine();
    int column = token.getCharPositionInLine() + 1;
    if (token.getType() == Token.EOF) {
      return new Span(line, column, column + 1);
    }
    int end = token.getStartIndex();
    while (end <= token.getStopIndex()
        && source.charAt(end) != '\n'
        && source.charAt(end) != '\r') {
      end++;
    }
    int width = end - token.getStartIndex() + (end <= token.getStopIndex() ? 1 : 0);
    return new Span(line, column, column + width);
  }
}
