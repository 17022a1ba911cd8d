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

  Issues(String route, String source) {
    this.route = route;
    this.source = source;
  }

  void add(IssueCode code, Span span, String text, @Nullable String hint) {
    if (found.size() < MOST) {
      found.add(new RouteIssue(code, route, span, text, hint));
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** In order of place. */
  List<RouteIssue> sorted() {
    Comparator<RouteIssue> byLine = Comparator.comparingInt(issue -> issue.span().line());
    return found.stream().sorted(byLine.thenComparingInt(issue -> issue.span().column())).toList();
  }

  /** The part of a token that stands on its first line; one column behind the end for the end. */
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
    return new Span(line, column, column + end - token.getStartIndex());
  }
}
