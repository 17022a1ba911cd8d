package dev.edgehub.lang;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.edgehub.lang.CompileResult.Compiled;
import dev.edgehub.lang.CompileResult.Rejected;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the text is, there is a result, and it can be shown. */
class TokenSoupTest {

  private static final int ROUTES = 20_000;
  private static final List<String> PIECES =
      List.of(
          "FROM ",
          "from",
          " WHERE ",
          "where",
          " INTO ",
          "INTO",
          "SELECT * ",
          "/*",
          "*/",
          "/",
          "*",
          "/messages",
          " /* c */ ",
          "$upstream",
          "$body.a",
          "$body.a[0]",
          "$body.",
          "$x",
          "$",
          "{",
          "}",
          "(",
          ")",
          ",",
          "=",
          "!=",
          "<>",
          "<",
          ">=",
          "||",
          "??",
          " + ",
          " - ",
          "-",
          " % ",
          " AND ",
          " or ",
          "not ",
          "true",
          "null",
          "undefined",
          "3",
          "0x1F",
          "0x",
          "1e9",
          "e5",
          "1.5.",
          "'a'",
          "\"b\"",
          "'",
          "\"",
          "\\",
          "'\\u00e9'",
          "'\\u12'",
          "name",
          "a-b",
          "key!",
          "[0]",
          "[",
          "@",
          ";",
          "\n",
          "\r\n",
          "\t",
          "\u0000",
          "\u202e",
          "\ud83d\ude00",
          "\ud83d",
          "\udc00",
          "é",
          "abs(",
          "concat(",
          "is_defined(",
          "BrokeredEndpoint(\"/modules/m/inputs/i\")",
          "BrokeredEndpoint(",
          " ");

  @Test
  void neverThrows() {
    long seed = Long.getLong("hub.seed", System.nanoTime());
    System.out.println("replay with -Dhub.seed=" + seed);
    Random random = new Random(seed);
    RouteCompiler compiler = new RouteCompiler(CompileLimits.DEFAULT);
    for (int i = 0; i < ROUTES; i++) {
      String text = soup(random);
      try {
        show(compiler.compile("soup", text), text);
      } catch (RuntimeException e) {
        fail("seed " + seed + ", route: " + Quoted.escape(text), e);
      }
    }
  }

  private static String soup(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : "FROM /* WHERE ");
    for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
      text.append(random.nextBoolean() ? " " : "");
    }
    return text.append(random.nextInt(4) == 0 ? "" : " INTO $upstream").toString();
  }

  private static void show(CompileResult result, String text) {
    if (result instanceof Rejected rejected) {
      rejected.issues().forEach(issue -> assertPrintable(issue.render(text)));
      return;
    }
    CompiledRoute route = ((Compiled) result).route();
    route.condition().evaluate(new JsonMessage(JsonNodeFactory.instance.objectNode()));
  }

  private static void assertPrintable(String rendered) {
    assertFalse(rendered.lines().anyMatch(line -> line.chars().anyMatch(Character::isISOControl)));
  }
}
