package dev.edgehub.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.lang.CompileResult.Compiled;
import dev.edgehub.lang.CompileResult.Rejected;
import dev.edgehub.lang.eval.Builtin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs what LANGUAGE.md shows. A fenced block is named by what its lines are: routes, conditions by
 * their answer for the message of the page, conditions that are refused, or a route with its
 * issues.
 */
class LanguageDocTest {

  private static final Path PAGE = Path.of("docs", "LANGUAGE.md");
  private static final Pattern BLOCK = Pattern.compile("```([a-z]+)\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern ISSUE_ROW =
      Pattern.compile("\\| `([a-z-]+)` \\| `((?:SELECT|FROM)[^`]*)` \\|.*");
  private static final Pattern TRUTH_ROW =
      Pattern.compile(
          "\\| \\*\\*(true|false|undefined)\\*\\* \\| (\\w+) \\| (\\w+) \\| (\\w+) \\|");
  private static final List<String> TRUTHS = List.of("true", "false", "undefined");

  private final RouteCompiler compiler = new RouteCompiler(CompileLimits.DEFAULT);

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  private static List<String> blocks(String name) throws IOException {
    return BLOCK
        .matcher(page())
        .results()
        .filter(block -> block.group(1).equals(name))
        .map(block -> block.group(2))
        .toList();
  }

  private static Stream<String> lines(String name) throws IOException {
    List<String> blocks = blocks(name);
    assertFalse(blocks.isEmpty(), name);
    return blocks.stream().flatMap(String::lines);
  }

  private CompileResult compile(String condition) {
    return compiler.compile("hot", "FROM /* WHERE " + condition + " INTO $upstream");
  }

  private String answer(String condition) throws IOException {
    CompileResult result = compile(condition);
    Compiled compiled = assertInstanceOf(Compiled.class, result, () -> condition + " " + result);
    String message = blocks("message").get(0);
    JsonMessage view = new JsonMessage(JsonMapper.builder().build().readTree(message));
    return compiled.route().condition().evaluate(view).name().toLowerCase(Locale.ROOT);
  }

  @TestFactory
  Stream<DynamicTest> conditionsAnswerAsTheirBlockSays() throws IOException {
    Stream<DynamicTest> tests = Stream.of();
    for (String truth : TRUTHS) {
      List<String> conditions = lines(truth).toList();
      tests =
          Stream.concat(
              tests,
              conditions.stream()
                  .map(c -> dynamicTest(c, () -> assertEquals(truth, answer(c), c))));
    }
    return tests;
  }

  @TestFactory
  Stream<DynamicTest> refusedConditionsAreRefused() throws IOException {
    return lines("refused")
        .map(c -> dynamicTest(c, () -> assertInstanceOf(Rejected.class, compile(c))));
  }

  @TestFactory
  Stream<DynamicTest> routesCompileWithoutWarning() throws IOException {
    return lines("route").map(route -> dynamicTest(route, () -> assertSound(route)));
  }

  private void assertSound(String route) {
    Compiled compiled = assertInstanceOf(Compiled.class, compiler.compile("hot", route));
    assertEquals(List.of(), compiled.warnings());
  }

  @Test
  void issuesLookAsShown() throws IOException {
    for (String block : blocks("wrong")) {
      String route = block.substring(0, block.indexOf('\n'));
      assertEquals(
          block.substring(route.length() + 1),
          issues(route).stream().map(i -> i.render(route)).collect(Collectors.joining("\n")));
    }
  }

  private List<RouteIssue> issues(String route) {
    CompileResult result = compiler.compile("hot", route);
    return result instanceof Rejected rejected ? rejected.issues() : ((Compiled) result).warnings();
  }

  @TestFactory
  Stream<DynamicTest> everyCodeHasAnExampleThatGivesIt() throws IOException {
    List<MatchResult> rows = ISSUE_ROW.matcher(page()).results().toList();
    List<String> shown = rows.stream().map(row -> row.group(1)).toList();
    for (IssueCode code : IssueCode.values()) {
      assertTrue(code == IssueCode.TOO_LARGE || shown.contains(code.id()), code.id());
    }
    return rows.stream().map(row -> dynamicTest(row.group(1), () -> assertOnlyIssue(row)));
  }

  private void assertOnlyIssue(MatchResult row) {
    List<String> codes = issues(row.group(2)).stream().map(issue -> issue.code().id()).toList();
    assertEquals(List.of(row.group(1)), codes, row.group(2));
  }

  @Test
  void truthTablesAreRight() throws IOException {
    String page = page();
    assertTable("AND", page.substring(page.indexOf("| AND |"), page.indexOf("| OR |")));
    assertTable("OR", page.substring(page.indexOf("| OR |"), page.indexOf("| **NOT** |")));
  }

  private void assertTable(String operator, String table) throws IOException {
    List<MatchResult> rows = TRUTH_ROW.matcher(table).results().toList();
    assertEquals(TRUTHS, rows.stream().map(row -> row.group(1)).toList());
    for (MatchResult row : rows) {
      for (int i = 0; i < TRUTHS.size(); i++) {
        String condition = operand(row.group(1)) + " " + operator + " " + operand(TRUTHS.get(i));
        assertEquals(row.group(i + 2), answer(condition), condition);
      }
    }
  }

  private static String operand(String truth) {
    return truth.equals("undefined") ? "nope = 'x'" : truth;
  }

  @Test
  void everyFunctionAndSystemPropertyIsListed() throws IOException {
    String page = page();
    for (Builtin function : Builtin.values()) {
      assertTrue(page.contains("| `" + function.signature() + "` |"), function.signature());
    }
    for (String property : NameWarnings.SYSTEM_PROPERTIES) {
      assertTrue(page.contains("| `" + property + "` |"), property);
    }
  }

  @Test
  void limitsAreThoseOfTheCode() throws IOException {
    CompileLimits limits = CompileLimits.DEFAULT;
    String page = page();
    for (int limit : List.of(limits.maxTextLength(), limits.maxTokens(), limits.maxNesting())) {
      assertTrue(page.contains("| " + String.format(Locale.ROOT, "%,d", limit)), "" + limit);
    }
  }
}
