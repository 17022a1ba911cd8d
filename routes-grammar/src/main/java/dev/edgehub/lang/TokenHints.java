package dev.edgehub.lang;

import dev.edgehub.lang.grammar.RouteLexer;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** What to write instead of a token that no rule takes. */
final class TokenHints {

  private TokenHints() {}

  static @Nullable String forBracketed(String text) {
    if (text.startsWith("[")) {
      return "there are no lists: write x = 'a' OR x = 'b'";
    }
    if (text.regionMatches(true, 0, "body.", 0, "body.".length())) {
      return "write $" + Quoted.brief(text) + " for a value of the body";
    }
    return null;
  }

  static String forOpenString(String text) {
    String quote = text.substring(0, 1);
    boolean escaped = text.contains("\\" + quote);
    return escaped
        ? "\\" + quote + " is a quote inside of the string: write \\\\ for a backslash"
        : "everything from here on is taken for the string: add " + quote + " at its end";
  }

  static @Nullable String forSymbol(List<Token> tokens, int index) {
    return switch (tokens.get(index).getText()) {
      case ";" ->
          tokens.get(index + 1).getType() == RouteLexer.EOF
              ? "a route ends without a semicolon"
              : null;
      case "?" -> "write ?? for a fallback";
      case "\\" -> "a backslash means something only in a quoted string";
      case "@", ":" -> "names with this character cannot be asked for";
      default -> null;
    };
  }
}
