package dev.edgehub.lang;

import dev.edgehub.lang.grammar.RouteLexer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** What can be said of a route from its tokens alone: bad tokens, lone brackets, nesting. */
final class TokenCheck {

  /** An open bracket, and how many prefix operators stand unanswered right before it. */
  private record Open(Token bracket, int prefixes) {}

  private final List<Token> tokens;
  private final int maxNesting;
  private final Issues issues;
  private final Deque<Open> open = new ArrayDeque<>();
  private boolean stringOpen;
  private boolean tooDeep;
  private int outerPrefixes;
  private int prefixes;

  TokenCheck(List<Token> tokens, int maxNesting, Issues issues) {
    this.tokens = tokens;
    this.maxNesting = maxNesting;
    this.issues = issues;
  }

  void run() {
    for (int i = 0; i < tokens.size(); i++) {
      checkToken(i);
      checkBrackets(i);
    }
  }

  private void checkToken(int index) {
    Token token = tokens.get(index);
    switch (token.getType()) {
      case RouteLexer.OPEN_STRING -> addOpenString(index);
      case RouteLexer.UNKNOWN -> addUnknown(index);
      case RouteLexer.BRACKETED ->
          add(
              IssueCode.SYNTAX,
              token,
              Quoted.brief(token.getText()) + " is not a name: a name has no square brackets",
              null);
      case RouteLexer.BARE_EXPONENT ->
          add(
              IssueCode.SYNTAX,
              token,
              Quoted.brief(token.getText())
                  + " reads as a number without digits; no property of this name can be asked for",
              null);
      case RouteLexer.OPEN_COMMENT ->
          add(IssueCode.SYNTAX, token, "the comment is not closed", "close it with */");
      default -> {}
    }
  }

  private void addOpenString(int index) {
    stringOpen = true;
    Token string = tokens.get(index);
    if (endsAtBackslash(index)) {
      add(
          IssueCode.UNTERMINATED_STRING,
          string,
          "the string ends at an escape that is not one of \\\" \\' \\\\ \\uXXXX",
          "write \\\\ for a backslash");
    } else {
      String quote = string.getText().substring(0, 1);
      add(IssueCode.UNTERMINATED_STRING, string, "the string is not closed by " + quote, null);
    }
  }

  private boolean endsAtBackslash(int index) {
    return tokens.get(index + 1).getText().equals("\\");
  }

  private void addUnknown(int index) {
    Token token = tokens.get(index);
    boolean told = hasNoHead() || tokens.get(index - 1).getType() == RouteLexer.OPEN_STRING;
    if (!told) {
      String symbol = Quoted.brief(token.getText());
      add(IssueCode.INVALID_SYMBOL, token, symbol + " has no meaning here", null);
    }
  }

  /** A text that is no route at all is for the parser to refuse, at its first word. */
  private boolean hasNoHead() {
    int first = tokens.get(0).getType();
    return first != RouteLexer.SELECT && first != RouteLexer.FROM;
  }

  private void checkBrackets(int index) {
    Token token = tokens.get(index);
    switch (token.getType()) {
      case RouteLexer.LPAREN -> open(token);
      case RouteLexer.RPAREN -> close(token);
      case RouteLexer.NOT -> deepen(token);
      case RouteLexer.MINUS -> {
        if (!endsOperand(index - 1)) {
          deepen(token);
        }
      }
      case RouteLexer.INTO, Token.EOF -> end();
      default -> prefixes = 0;
    }
  }

  private void open(Token bracket) {
    open.push(new Open(bracket, prefixes));
    outerPrefixes += prefixes;
    prefixes = 0;
    checkDepth(bracket);
  }

  private void close(Token bracket) {
    prefixes = 0;
    if (!open.isEmpty()) {
      outerPrefixes -= open.pop().prefixes();
    } else if (!stringOpen) {
      add(IssueCode.EXTRA_CLOSE_PAREN, bracket, "this ) closes nothing", null);
    }
  }

  private void deepen(Token operator) {
    prefixes++;
    checkDepth(operator);
  }

  private void checkDepth(Token token) {
    if (!tooDeep && open.size() + outerPrefixes + prefixes > maxNesting) {
      tooDeep = true;
      add(IssueCode.TOO_LARGE, token, "nested more than " + maxNesting + " levels deep", null);
    }
  }

  private void end() {
    if (!open.isEmpty() && !stringOpen && !tooDeep) {
      add(IssueCode.MISSING_CLOSE_PAREN, open.getLast().bracket(), "this ( is not closed", null);
    }
    open.clear();
    outerPrefixes = 0;
    prefixes = 0;
  }

  private boolean endsOperand(int index) {
    return switch (tokens.get(index).getType()) {
      case RouteLexer.ID,
          RouteLexer.SYS,
          RouteLexer.STRING,
          RouteLexer.INTEGER,
          RouteLexer.HEX,
          RouteLexer.REAL,
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

  private void add(IssueCode code, Token token, String text, @Nullable String hint) {
    issues.add(code, issues.spanOf(token), text, hint);
  }
}
