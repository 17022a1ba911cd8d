package dev.edgehub.lang;

import dev.edgehub.lang.grammar.RouteLexer;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** What to write instead of a token that stands in a wrong place. */
final class SyntaxHints {

  private static final String TYPOGRAPHIC_QUOTES =
      "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb";

  private final IntervalSet expected;
  private final List<Token> tokens;
  private final int index;
  private final Token found;
  private final String text;

  SyntaxHints(IntervalSet expected, List<Token> tokens, Token found) {
    this.expected = expected;
    this.tokens = tokens;
    this.index = tokens.indexOf(found);
    this.found = found;
    this.text = found.getText();
  }

  @Nullable String hint() {
    int space = strangeSpace();
    if (space >= 0) {
      return String.format("\\u%04x is no space here: write a plain one", space);
    }
    if (expected.contains(RouteLexer.FROM) || index < 1 || isType(index - 1, RouteLexer.SELECT)) {
      return forHead();
    }
    if (expected.contains(RouteLexer.TRUE)) {
      return forValue();
    }
    if (isBehindValue(expected)) {
      return forOperator();
    }
    if (expected.contains(RouteLexer.SLASH)
        || expected.contains(RouteLexer.STAR)
        || expected.contains(RouteLexer.WHERE)) {
      return forSource();
    }
    return expected.contains(Token.EOF) ? forEnd() : forSink();
  }

  /** Once the parser has left a condition it waits for INTO alone. */
  static boolean isBehindValue(IntervalSet expected) {
    boolean left = expected.size() == 1 && expected.contains(RouteLexer.INTO);
    return left || expected.contains(RouteLexer.AND);
  }

  static boolean hasTypographicQuote(String text) {
    return text.chars().anyMatch(c -> TYPOGRAPHIC_QUOTES.indexOf(c) >= 0);
  }

  private String before() {
    return tokens.get(index - 1).getText();
  }

  private boolean isType(int at, int type) {
    return at >= 0 && at < tokens.size() && tokens.get(at).getType() == type;
  }

  /** A space of another kind, which looks like one but is part of a name; or -1. */
  private int strangeSpace() {
    return found.getType() == RouteLexer.ID
        ? text.chars().filter(c -> Character.isSpaceChar(c)).findFirst().orElse(-1)
        : -1;
  }

  private boolean isSinkName(String name) {
    return name.equalsIgnoreCase("$upstream")
        || name.equalsIgnoreCase("upstream")
        || name.equalsIgnoreCase(SinkReader.FUNCTION);
  }

  private @Nullable String forHead() {
    String nearest = Nearest.of(text, List.of("FROM", "SELECT"));
    if (nearest != null && found.getType() == RouteLexer.ID) {
      return "write " + nearest;
    }
    if (index == 1 && isType(0, RouteLexer.SELECT) && !expected.contains(RouteLexer.FROM)) {
      return "a message is taken as a whole: write SELECT *, or leave it out";
    }
    if (text.equals("/") && index < 1) {
      return "write FROM before the source";
    }
    return "a route is FROM source WHERE condition INTO sink";
  }

  private @Nullable String forValue() {
    if (found.getType() == RouteLexer.EQ && isType(index - 1, RouteLexer.EQ)) {
      return "write = once";
    }
    boolean turned = isType(index - 1, RouteLexer.EQ);
    return switch (found.getType()) {
      case RouteLexer.GT -> turned ? "write >=" : null;
      case RouteLexer.LT -> turned ? "write <=" : null;
      case RouteLexer.EQ -> isType(index - 1, RouteLexer.NE) ? "write != without a second =" : null;
      case RouteLexer.INTO ->
          isType(index - 1, RouteLexer.WHERE) ? "write a condition, or leave out WHERE" : null;
      case RouteLexer.RPAREN -> isType(index - 1, RouteLexer.COMMA) ? "leave out the comma" : null;
      case RouteLexer.SLASH ->
          isType(index - 1, RouteLexer.SLASH) ? "write a comment as /* \u2026 */" : null;
      case RouteLexer.LBRACE, RouteLexer.RBRACE -> "braces hold one system property: {$name}";
      default -> null;
    };
  }

  private @Nullable String forOperator() {
    String before = before();
    if (before.equals("!")) {
      return "write NOT instead of !";
    }
    if (hasTypographicQuote(before) || hasTypographicQuote(text)) {
      return "write straight quotes: ' or \"";
    }
    if (isType(index - 1, RouteLexer.ID) && before.indexOf('\'') >= 0) {
      return Quoted.brief(before) + " is one name: put a space behind the string";
    }
    return switch (found.getType()) {
      case RouteLexer.ID -> forWord(text);
      case RouteLexer.NOT -> forWord(tokens.get(index + 1).getText());
      case RouteLexer.SYS -> isSinkName(text) ? "write INTO before the sink" : null;
      case RouteLexer.WHERE -> "a route has one WHERE: write AND";
      case RouteLexer.FROM, RouteLexer.SELECT -> "a route has one source: write a route for each";
      case RouteLexer.INTEGER, RouteLexer.REAL, RouteLexer.BARE_EXPONENT ->
          text.startsWith("-") ? "put a space behind the - to subtract" : missingOperator();
      case RouteLexer.STRING -> missingOperator();
      case Token.EOF -> "a route ends in INTO and a sink, as in INTO $upstream";
      default -> null;
    };
  }

  private String missingOperator() {
    return "put an operator between the two values, as in a = 'b'";
  }

  private @Nullable String forWord(String word) {
    if (isSinkName(word)) {
      return "write INTO before the sink";
    }
    String hint =
        switch (word.toUpperCase(Locale.ROOT)) {
          case "LIKE" -> "there is no LIKE: write starts_with, ends_with or contains";
          case "IN" -> "there is no IN: write x = 'a' OR x = 'b'";
          case "BETWEEN" -> "there is no BETWEEN: write x >= 1 AND x <= 5";
          case "IS" -> "there is no IS: write is_null(x) or is_defined(x)";
          case "EQ", "EQUALS" -> "write =";
          case "NE" -> "write !=";
          case "GT" -> "write >";
          case "GE", "GTE" -> "write >=";
          case "LT" -> "write <";
          case "LE", "LTE" -> "write <=";
          case "MOD" -> "write %";
          case "--" -> "write a comment as /* \u2026 */";
          default -> null;
        };
    if (hint != null) {
      return hint;
    }
    if (found.getType() == RouteLexer.NOT) {
      return "NOT stands before all that it negates: NOT (a = b)";
    }
    return forSign(word);
  }

  private static @Nullable String forSign(String word) {
    if (word.startsWith("&")) {
      return "write AND instead of " + (word.startsWith("&&") ? "&&" : "&");
    }
    if (word.startsWith("|")) {
      return "write OR, or || to join strings";
    }
    return null;
  }

  private @Nullable String forSource() {
    boolean begun = isType(index - 1, RouteLexer.SLASH);
    return switch (found.getType()) {
      case RouteLexer.STRING, RouteLexer.OPEN_STRING -> "write the path without quotes";
      case RouteLexer.SLASH -> "write one / between two names";
      case RouteLexer.WHERE, RouteLexer.INTO ->
          begun ? forSlashAtEnd() : "write a source, as in FROM /messages/*";
      case RouteLexer.ID -> forPathWord();
      case RouteLexer.UNKNOWN ->
          text.equals(",") ? "a route has one source: write a route for each" : null;
      case Token.EOF -> "a route ends in INTO and a sink, as in INTO $upstream";
      default -> null;
    };
  }

  private String forSlashAtEnd() {
    return index > 2 ? "leave out the / at the end" : "write /* for all messages";
  }

  private @Nullable String forPathWord() {
    if (isType(index - 1, RouteLexer.FROM)) {
      return "a path begins with /: write /" + Quoted.brief(text);
    }
    if (isSinkName(text)) {
      return "write INTO before the sink";
    }
    String nearest = Nearest.of(text, List.of("WHERE", "INTO"));
    if (nearest != null) {
      return "write " + nearest;
    }
    return isType(index + 1, RouteLexer.UNKNOWN) ? "write WHERE before a condition" : null;
  }

  private @Nullable String forEnd() {
    return switch (found.getType()) {
      case RouteLexer.WHERE -> "put WHERE and its condition before INTO";
      case RouteLexer.COMMA, RouteLexer.AND, RouteLexer.INTO ->
          "a route has one sink: write a route for each";
      default -> "nothing stands behind the sink";
    };
  }

  private @Nullable String forSink() {
    if (before().equalsIgnoreCase("upstream")) {
      return "write $upstream";
    }
    if (isType(index - 1, RouteLexer.LPAREN) && isType(index - 3, RouteLexer.INTO)) {
      return found.getType() == RouteLexer.RPAREN
          ? SinkReader.ADDRESS
          : "put the address in quotes";
    }
    if (isType(index - 1, RouteLexer.INTO)) {
      return switch (found.getType()) {
        case RouteLexer.STRING, RouteLexer.SLASH ->
            "write BrokeredEndpoint(\"/modules/<module>/inputs/<input>\") for a module";
        default -> null;
      };
    }
    return switch (found.getType()) {
      case RouteLexer.STRING -> "put the address in round brackets";
      case RouteLexer.COMMA -> "an endpoint has one address: write a route for each";
      case RouteLexer.ID -> forBraced();
      default -> null;
    };
  }

  private @Nullable String forBraced() {
    String name = Quoted.brief(text);
    return isType(index - 1, RouteLexer.LBRACE)
        ? "write " + name + " for a property, {$" + name + "} for a system property"
        : null;
  }
}
