package dev.edgehub.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.edgehub.lang.CompileResult.Compiled;
import dev.edgehub.lang.CompileResult.Rejected;
import dev.edgehub.lang.eval.Truth;
import dev.edgehub.lang.grammar.RouteLexer;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.antlr.v4.runtime.dfa.DFA;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompileLimitsTest {

  private static final CompileLimits WIDE = new CompileLimits(10_000_000, 1_000_000, 128);

  /** Half of what the smallest default is, so that a plan may also run deep inside a caller. */
  private static final long SMALL_STACK = 256 * 1024;

  @ParameterizedTest
  @ValueSource(strings = {"(", "not ", "- ", "abs(", "not (", "$body.x = (", "concat('a', "})
  void answersHundredThousandOpeningsWithOneIssue(String opening) {
    String text = route(opening.repeat(100_000) + "true");

    assertTooLarge(new RouteCompiler(CompileLimits.DEFAULT).compile("r", text));
    assertTooLarge(new RouteCompiler(WIDE).compile("r", text));
  }

  @ParameterizedTest
  @CsvSource({
    "1 = 1,= true",
    "true, and true",
    "true, or false",
    "true, = true",
    "'a', || 'a'",
    "1, + 1",
    "1, / 1",
    "site, ?? site",
    "true, and $body.on",
    "$body.n, + $body.n",
    "$body.n, ?? $body.m",
    "true, <= true"
  })
  void evaluatesChainsOfAnyLengthOnSmallStacks(String first, String rest) throws Exception {
    String text = route(first + (" " + rest).repeat(10_000));
    FutureTask<Truth> task = new FutureTask<>(() -> compiled(new RouteCompiler(WIDE), text));

    Thread thread = new Thread(null, task, "small-stack", SMALL_STACK);
    thread.start();

    task.get();
    thread.join();
  }

  private static Truth compiled(RouteCompiler compiler, String text) {
    CompileResult result = compiler.compile("r", text);
    Compiled compiled = assertInstanceOf(Compiled.class, result, "not a route");
    JsonMessage message = new JsonMessage(JsonNodeFactory.instance.objectNode());
    return compiled.route().condition().evaluate(message);
  }

  @Test
  void nestsAsDeepAsTheLimitAllows() throws Exception {
    RouteCompiler compiler = new RouteCompiler(CompileLimits.DEFAULT);
    String fits = "not (".repeat(64) + "true" + ")".repeat(64);
    String tooDeep = "not " + fits;
    FutureTask<Truth> task = new FutureTask<>(() -> compiled(compiler, route(fits)));

    Thread thread = new Thread(null, task, "small-stack", SMALL_STACK);
    thread.start();

    assertEquals(Truth.TRUE, task.get());
    assertTooLarge(compiler.compile("r", route(tooDeep)));
    thread.join();
  }

  @Test
  void countsCharactersAndTokens() {
    CompileLimits limits = new CompileLimits(40, 9, 2);
    RouteCompiler compiler = new RouteCompiler(limits);

    assertInstanceOf(Compiled.class, compiler.compile("r", "FROM /* WHERE a = 'b' INTO $upstream"));
    assertTooLarge(compiler.compile("r", "FROM /* WHERE NOT true = true INTO $upstream"));
    assertTooLarge(compiler.compile("r", "FROM /* WHERE a=b and c INTO $upstream"));
  }

  /** The lexer keeps what it learns for all routes to come, so hostile texts must not teach it. */
  @Test
  void learnsNoMoreFromManyTexts() {
    Random random = new Random(7);
    RouteCompiler compiler = new RouteCompiler(CompileLimits.DEFAULT);
    for (int i = 0; i < 5_000; i++) {
      compiler.compile("r", hostile(random));
    }
    int learned = states();
    for (int i = 0; i < 5_000; i++) {
      compiler.compile("r", hostile(random));
    }

    assertTrue(learned < 1_000, () -> learned + " states");
    assertTrue(states() <= learned + 20, () -> states() + " states, before " + learned);
  }

  private static String hostile(Random random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "FROM /* WHERE " : "FROM /");
    for (int length = random.nextInt(30); length > 0; length--) {
      boolean known = random.nextInt(4) > 0;
      text.append(known ? (char) (' ' + random.nextInt(95)) : (char) random.nextInt(0x10000));
    }
    return text.toString();
  }

  private static int states() {
    int states = 0;
    for (DFA dfa : new RouteLexer(new RouteChars("")).getInterpreter().decisionToDFA) {
      states += dfa.states.size();
    }
    return states;
  }

  @Test
  void refusesLimitsBelowOne() {
    assertThrows(IllegalArgumentException.class, () -> new CompileLimits(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new CompileLimits(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new CompileLimits(1, 1, 0));
  }

  private static String route(String condition) {
    return "FROM /* WHERE " + condition + " INTO $upstream";
  }

  private static void assertTooLarge(CompileResult result) {
    Rejected rejected = assertInstanceOf(Rejected.class, result);
    assertEquals(IssueCode.TOO_LARGE, rejected.issues().get(0).code());
    assertEquals(1, rejected.issues().size());
  }
}
