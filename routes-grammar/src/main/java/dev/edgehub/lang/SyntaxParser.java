package dev.edgehub.lang;

import dev.edgehub.lang.grammar.RouteLexer;
import dev.edgehub.lang.grammar.RouteParser;
import dev.edgehub.lang.grammar.RouteParser.RouteContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * First stage: text to parse tree. The parser recurses, so the tokens are counted and their nesting
 * is measured before it runs.
 */
final class SyntaxParser {

  private final CompileLimits limits;
  private final Issues issues;

  SyntaxParser(CompileLimits limits, Issues issues) {
    this.limits = limits;
    this.issues = issues;
  }

  /** The parse tree, or empty when there are issues. */
  Optional<RouteContext> parse(String text) {
    if (text.length() > limits.maxTextLength()) {
      issues.add(
          IssueCode.TOO_LARGE,
          new Span(1, 1, 1),
          "the route has "
              + text.length()
              + " characters, at most "
              + limits.maxTextLength()
              + " are allowed",
          null);
      return Optional.empty();
    }
    List<Token> tokens = tokens(text);
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    new TokenCheck(tokens, limits.maxNesting(), issues).run();
    if (!issues.isEmpty()) {
      return Optional.empty();
    }
    RouteContext route = parse(tokens);
    return issues.isEmpty() ? Optional.of(route) : Optional.empty();
  }

  /** All tokens with the end, or none when there are too many. */
  private List<Token> tokens(String text) {
    RouteLexer lexer = new RouteLexer(new RouteChars(text));
    lexer.removeErrorListeners();
    lexer.addErrorListener(new Listener(List.of()));
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = lexer.nextToken();
      tokens.add(token);
      if (tokens.size() > limits.maxTokens() + 1) {
        issues.add(
            IssueCode.TOO_LARGE,
            issues.spanOf(token),
            "the route has more than " + limits.maxTokens() + " tokens",
            null);
        return List.of();
      }
    } while (token.getType() != Token.EOF);
    return tokens;
  }

  private RouteContext parse(List<Token> tokens) {
    RouteParser parser = new RouteParser(new CommonTokenStream(new ListTokenSource(tokens)));
    parser.removeErrorListeners();
    parser.addErrorListener(new Listener(tokens));
    return parser.route();
  }

  /** Turns what the generated classes report into issues. */
  private final class Listener extends BaseErrorListener {

    private final List<Token> tokens;

    Listener(List<Token> tokens) {
      this.tokens = tokens;
    }

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        @Nullable Object offending,
        int line,
        int column,
        String message,
        @Nullable RecognitionException cause) {
      if (!issues.isEmpty()) {
        return; // what the parser says after its first recovery is rarely about the text
      }
      if (recognizer instanceof RouteParser parser && offending instanceof Token token) {
        Expected expected = new Expected(parser.getExpectedTokens(), tokens, token);
        issues.add(IssueCode.SYNTAX, issues.spanOf(token), expected.text(), expected.hint());
      } else {
        Span span = new Span(line, column + 1, column + 2);
        issues.add(IssueCode.SYNTAX, span, Quoted.brief(message), null);
      }
    }
  }
}
