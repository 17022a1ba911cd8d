package dev.edgehub.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.lang.CompileResult.Compiled;
import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.lang.eval.Truth;
import dev.edgehub.lang.eval.Value;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An evaluation asks for each name in the condition at most once, however it is nested. */
class EvaluationStepsTest {

  private static final int DEPTH = 40;
  private static final Pattern NAME = Pattern.compile("\\bp\\b|\\$body\\.x");

  /**
   * Of {@code $p}: is there a user property, the system property, is there one whose value is null.
   */
  private static final int ASKED_PER_NAME = 3;

  /** Counts the names asked for; a property is asked for its value and, if null, its presence. */
  private static final class CountingView implements MessageView {
    private final Value body;
    private final @Nullable String text;
    private final boolean present;
    private int asked;

    CountingView(Value body, @Nullable String text, boolean present) {
      this.body = body;
      this.text = text;
      this.present = present;
    }

    @Override
    public @Nullable String property(String name) {
      asked++;
      return text;
    }

    @Override
    public boolean hasProperty(String name) {
      asked++;
      return present && !name.startsWith("$");
    }

    @Override
    public @Nullable String systemProperty(String name) {
      asked++;
      return text;
    }

    @Override
    public boolean hasSystemProperty(String name) {
      asked++;
      return present;
    }

    @Override
    public Value body(BodyPath path) {
      asked++;
      return body;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "p ~ (# ?? p) ~ is_defined(#)",
        "p ~ (p ?? #) ~ is_null(#)",
        "p ~ (# ?? p) ~ # = 'x'",
        "p ~ (# ?? $p) ~ # = 'x'",
        "p ~ (# ?? {$p}) ~ is_string(#)",
        "p ~ (# || p) ~ # = 'x'",
        "p ~ concat(#, p) ~ # = 'x'",
        "p ~ concat(p, # ?? p) ~ is_defined(#)",
        "p ~ (lower(# ?? p) || $p) ~ # = 'x'",
        "p ~ substring(#, 0) ~ # = 'x'",
        "p ~ (# ?? $body.x) ~ # = 'x'",
        "$body.x ~ ($body.x ?? #) ~ is_defined(#)",
        "$body.x ~ (p ?? #) ~ is_null(#)",
        "$body.x ~ ($body.x + #) ~ # = 1",
        "$body.x ~ (- #) ~ is_defined(#)",
        "$body.x ~ (# ?? $body.x) ~ is_number(#)",
        "$body.x ~ as_number(#) ~ # = 1",
        "$body.x ~ power(#, $body.x) ~ # = 1",
        "$body.x ~ abs(length($body.x) - #) ~ # = 1",
        "p = 'x' ~ (NOT (#)) ~ #",
        "p = 'x' ~ (# AND p = 'x') ~ #",
        "p = 'x' ~ (p = 'x' OR #) ~ #",
        "p = 'x' ~ ($body.x AND #) ~ #",
        "p = 'x' ~ ((p = 'x') = (#)) ~ #",
        "p = 'x' ~ ($body.x = (#)) ~ #",
        "p = 'x' ~ (# ?? $body.x = 'x') ~ is_bool(#)",
        "p = 'x' ~ is_defined(#) ~ #",
        "p = 'x' ~ (# ?? $body.x) ~ #"
      })
  void asksForEachNameOnce(String seed, String level, String whole) {
    String nested = seed;
    for (int i = 0; i < DEPTH; i++) {
      nested = level.replace("#", nested);
    }
    String condition = whole.replace("#", nested);
    Compiled compiled = compile(condition);
    long names = NAME.matcher(condition).results().count();

    for (Value body : List.of(Value.UNDEFINED, Value.MISSING, new Value.Text("x"))) {
      for (CountingView view : views(body)) {
        compiled.route().condition().evaluate(view);

        assertTrue(
            view.asked <= ASKED_PER_NAME * names, () -> view.asked + " for " + names + " names");
      }
    }
  }

  private static List<CountingView> views(Value body) {
    return List.of(
        new CountingView(body, null, false),
        new CountingView(body, null, true),
        new CountingView(body, "x", true));
  }

  @Test
  void joinsNoMoreThanAMessageHolds() {
    CountingView message = new CountingView(Value.UNDEFINED, "x".repeat(1 << 16), true);

    assertEquals(Truth.TRUE, evaluate("length(concat(p, p, p, p)) = 262144", message));
    assertEquals(Truth.FALSE, evaluate("is_defined(concat(p, p, p, p, 'x'))", message));
    assertEquals(Truth.FALSE, evaluate("is_defined(p || p || p || p || 'x')", message));
  }

  private static Truth evaluate(String condition, MessageView message) {
    return compile(condition).route().condition().evaluate(message);
  }

  private static Compiled compile(String condition) {
    CompileResult result =
        new RouteCompiler(CompileLimits.DEFAULT)
            .compile("r", "FROM /* WHERE " + condition + " INTO $upstream");
    return assertInstanceOf(Compiled.class, result, result::toString);
  }
}
