package dev.edgehub.lang;

import dev.edgehub.lang.grammar.RouteParser;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Runs one rule of the grammar, up to its first mistake: what follows one is rarely about the text.
 */
final class RuleRun {

  private final List<Token> tokens;
  private @Nullable Token found;
  private @Nullable Expected expected;

  RuleRun(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** The tree of a rule that begins at the token {@code from}, or null if the text breaks it. */
  <C> @Nullable C parse(int from, Function<RouteParser, C> rule) {
    List<Token> rest = tokens.subList(from, tokens.size());
    RouteParser parser = new RouteParser(new CommonTokenStream(new ListTokenSource(rest)));
    parser.removeErrorListeners();
    parser.addErrorListener(new Listener());
    try {
      return rule.apply(parser);
    } catch (Stop e) {
      return null;
    }
  }

  @SuppressWarnings("ReferenceEquality") // a token is its place
  boolean failedAt(Token token) {
    return found == token;
  }

  /** Adds the mistake, if there was one. */
  void report(Issues issues) {
    if (found != null && expected != null) {
      issues.addSyntax(issues.spanOf(found), expected.text(), expected.hint());
    }
  }

  private final class Listener extends BaseErrorListener {
    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        @Nullable Object offending,
        int line,
        int column,
        String message,
        @Nullable RecognitionException cause) {
      if (recognizer instanceof RouteParser parser && offending instanceof Token token) {
        found = token;
        expected = new Expected(parser.getExpectedTokens(), tokens, token);
      }
      throw new Stop();
    }
  }

  /** Leaves the parser, which would go on otherwise. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stop() {
      super(null, null, false, false);
    }
  }
}
