package dev.edgehub.lang;

import dev.edgehub.lang.grammar.RouteLexer;
import java.util.List;
import java.util.StringJoiner;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Words for a token that stands where none like it may stand. */
final class Expected {

  private final IntervalSet expected;
  private final List<Token> tokens;
  private final Token found;

  Expected(IntervalSet expected, List<Token> tokens, Token found) {
    this.expected = expected;
    this.tokens = tokens;
    this.found = found;
  }

  String text() {
    String what =
        found.getType() == Token.EOF ? "the end of the route" : Quoted.brief(found.getText());
    String wanted = wanted();
    return wanted.isEmpty()
        ? what + " cannot stand here"
        : "expected " + wanted + ", found " + what;
  }

  /** Operators and operands come in dozens: one word stands for all of them. */
  private String wanted() {
    StringJoiner names = new StringJoiner(" or ");
    if (expected.contains(RouteLexer.TRUE)) {
      return "a value";
    }
    if (SyntaxHints.isBehindValue(expected)) {
      names.add("an operator");
    }
    add(names, RouteLexer.RPAREN, ")");
    add(names, RouteLexer.RBRACE, "}");
    add(names, RouteLexer.SELECT, "SELECT *");
    add(names, RouteLexer.FROM, "FROM");
    add(names, RouteLexer.WHERE, "WHERE");
    add(names, RouteLexer.INTO, "INTO");
    addInRoute(names);
    return names.toString();
  }

  private void addInRoute(StringJoiner names) {
    if (SyntaxHints.isBehindValue(expected)) {
      return;
    }
    boolean sink = expected.contains(RouteLexer.SYS) && expected.contains(RouteLexer.ID);
    if (sink) {
      names.add("$upstream or BrokeredEndpoint(\"/modules/\u2026/inputs/\u2026\")");
      return;
    }
    add(names, RouteLexer.SLASH, "/");
    add(names, RouteLexer.ID, "a path segment");
    add(names, RouteLexer.LPAREN, "(");
    add(names, RouteLexer.STRING, "a quoted string");
    add(names, RouteLexer.SYS, "a $name");
    add(names, RouteLexer.STAR, "*");
    add(names, Token.EOF, "the end of the route");
  }

  private void add(StringJoiner names, int type, String name) {
    if (expected.contains(type)) {
      names.add(name);
    }
  }

  @Nullable String hint() {
    return new SyntaxHints(expected, tokens, found).hint();
  }
}
