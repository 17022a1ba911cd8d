package dev.edgehub.lang;

import dev.edgehub.lang.grammar.RouteLexer;
import dev.edgehub.lang.grammar.RouteParser;
import dev.edgehub.lang.grammar.RouteParser.RouteContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

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

  /** What can be read of a text; all of it if there are no issues then. */
  ParsedRoute parse(String text) {
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
      return ParsedRoute.NOTHING;
    }
    List<Token> tokens = tokens(text);
    return tokens.isEmpty() ? ParsedRoute.NOTHING : parse(tokens);
  }

  private ParsedRoute parse(List<Token> tokens) {
    TokenCheck check = new TokenCheck(tokens, limits.maxNesting(), issues);
    check.run();
    if (check.isTooDeep()) {
      return ParsedRoute.NOTHING;
    }
    RouteContext route = issues.isEmpty() ? new RuleRun(tokens).parse(0, RouteParser::route) : null;
    return route == null ? new Recovery(tokens, check.bad(), issues).read() : ParsedRoute.of(route);
  }

  /** All tokens with the end, or none when there are too many. */
  private List<Token> tokens(String text) {
    RouteLexer lexer = new RouteLexer(new RouteChars(text));
    lexer.removeErrorListeners();
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
}
