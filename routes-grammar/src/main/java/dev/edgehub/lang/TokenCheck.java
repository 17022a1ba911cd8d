package dev.edgehub.lang;

import dev.edgehub.lang.grammar.RouteLexer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** What can be said of a route from its tokens alone: bad tokens, lone brackets, nesting. */
final class TokenCheck {

  /** An open bracket, and how many prefix operators stand unanswered right before it. */
  private record Open(int index, int prefixes) {}

  private final List<Token> tokens;
  private final int maxNesting;
  private final Issues issues;
  private final Deque<Open> open = new ArrayDeque<>();
  private final BitSet bad = new BitSet();
  private boolean stringOpen;
  private boolean tooDeep;
  private final int headEnd;
  private int outerPrefixes;
  private int prefixes;

  TokenCheck(List<Token> tokens, int maxNesting, Issues issues) {
    this.tokens = tokens;
    this.maxNesting = maxNesting;
    this.issues = issues;
    this.headEnd = headEnd(tokens);
  }

  private static int headEnd(List<Token> tokens) {
    int end = 0;
    while (end < tokens.size() - 1
        && tokens.get(end).getType() != RouteLexer.WHERE
        && tokens.get(end).getType() != RouteLexer.INTO) {
      end++;
    }
    return end;
  }

  void run() {
    for (int i = 0; i < tokens.size(); i++) {
      checkToken(i);
      checkBrackets(i);
    }
  }

  /** The indexes of the tokens complained about. */
  BitSet bad() {
    return bad;
  }

  /** Whether a parser would have to recurse deeper than it may. */
  boolean isTooDeep() {
    return tooDeep;
  }

  private void checkToken(int index) {
    Token token = tokens.get(index);
    switch (token.getType()) {
      case RouteLexer.OPEN_STRING -> addOpenString(index);
      case RouteLexer.UNKNOWN -> addUnknown(index);
      case RouteLexer.BAD_STRING -> addBadEscape(index);
      case RouteLexer.BRACKETED -> {
        String text = Quoted.brief(token.getText()) + " is not a name: a name has no brackets";
        addSyntax(index, text, TokenHints.forBracketed(token.getText()));
      }
      case RouteLexer.OPEN_COMMENT -> addOpenComment(index);
      default -> {}
    }
  }

  /** What follows one that is not closed may be inside or outside of it: only the first counts. */
  private void addOpenString(int index) {
    Token string = tokens.get(index);
    String quote = string.getText().substring(0, 1);
    if (!stringOpen) {
      String hint = TokenHints.forOpenString(string.getText());
      add(IssueCode.UNTERMINATED_STRING, index, "the string is not closed by " + quote, hint);
    }
    bad.set(index);
    stringOpen = true;
  }

  private void addOpenComment(int index) {
    boolean opened = index > 0; // in a text that begins with one, or with a path, FROM is missing
    if (opened && isRoute()) {
      addSyntax(index, "the comment is not closed", "close it with */");
    }
  }

  private boolean isRoute() {
    int first = tokens.get(0).getType();
    return first == RouteLexer.SELECT || first == RouteLexer.FROM;
  }

  private void addBadEscape(int index) {
    Token string = tokens.get(index);
    bad.set(index);
    if (!stringOpen) {
      BadEscape escape = BadEscape.firstIn(string.getText());
      issues.add(
          IssueCode.INVALID_SYMBOL,
          issues.spanIn(string, escape.start(), escape.end()),
          Quoted.brief(escape.text()) + " is no escape: there are \\\" \\' \\\\ and \\uXXXX",
          "write \\\\ for a backslash");
    }
  }

  private void addUnknown(int index) {
    Token token = tokens.get(index);
    boolean told = stringOpen || isInHead(index);
    if (!told) {
      String symbol = Quoted.brief(token.getText());
      String hint = TokenHints.forSymbol(tokens, index);
      add(IssueCode.INVALID_SYMBOL, index, symbol + " has no meaning here", hint);
    }
  }

  /** What is wrong before WHERE is for the parser to say, at its first word. */
  private boolean isInHead(int index) {
    return index < headEnd;
  }

  private void checkBrackets(int index) {
    Token token = tokens.get(index);
    switch (token.getType()) {
      case RouteLexer.LPAREN -> open(index);
      case RouteLexer.RPAREN -> close(index);
      case RouteLexer.NOT -> deepen(index);
      case RouteLexer.MINUS -> {
        if (!endsOperand(index - 1)) {
          deepen(index);
        }
      }
      case RouteLexer.INTO, Token.EOF -> end();
      default -> prefixes = 0;
    }
  }

  private void open(int index) {
    open.push(new Open(index, prefixes));
    outerPrefixes += prefixes;
    prefixes = 0;
    checkDepth(index);
  }

  private void close(int index) {
    prefixes = 0;
    if (!open.isEmpty()) {
      outerPrefixes -= open.pop().prefixes();
    } else if (!stringOpen) {
      add(IssueCode.EXTRA_CLOSE_PAREN, index, "this ) closes nothing", null);
    }
  }

  private void deepen(int index) {
    prefixes++;
    checkDepth(index);
  }

  private void checkDepth(int index) {
    if (!tooDeep && open.size() + outerPrefixes + prefixes > maxNesting) {
      tooDeep = true;
      add(IssueCode.TOO_LARGE, index, "nested more than " + maxNesting + " levels deep", null);
    }
  }

  private void end() {
    if (!open.isEmpty() && !stringOpen && !tooDeep) {
      int bracket = open.getLast().index();
      add(IssueCode.MISSING_CLOSE_PAREN, bracket, "this ( is not closed", null);
    }
    open.forEach(unclosed -> bad.set(unclosed.index()));
    open.clear();
    outerPrefixes = 0;
    prefixes = 0;
  }

  private boolean endsOperand(int index) {
    return switch (tokens.get(index).getType()) {
      case RouteLexer.ID,
          RouteLexer.SYS,
          RouteLexer.STRING,
          RouteLexer.BAD_STRING,
          RouteLexer.INTEGER,
          RouteLexer.HEX,
          RouteLexer.REAL,
          RouteLexer.BARE_EXPONENT,
          RouteLexer.TRUE,
          RouteLexer.FALSE,
          RouteLexer.NULL,
          RouteLexer.UNDEFINED,
          RouteLexer.RPAREN,
          RouteLexer.RBRACE ->
          true;
      default -> false;
    };
  }

  private void add(IssueCode code, int index, String text, @Nullable String hint) {
    issues.add(code, issues.spanOf(tokens.get(index)), text, hint);
    bad.set(index);
  }

  private void addSyntax(int index, String text, @Nullable String hint) {
    bad.set(index);
    if (!stringOpen) {
      issues.addSyntax(issues.spanOf(tokens.get(index)), text, hint);
    }
  }
}
