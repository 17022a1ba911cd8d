package dev.edgehub.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.lang.CompileResult.Compiled;
import dev.edgehub.lang.CompileResult.Rejected;
import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.BodyPath.Element;
import dev.edgehub.lang.eval.BodyPath.Member;
import dev.edgehub.lang.eval.Condition;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteCompilerTest {

  private final RouteCompiler compiler = new RouteCompiler(CompileLimits.DEFAULT);

  private Compiled compile(String text) {
    CompileResult result = compiler.compile("r", text);
    return assertInstanceOf(Compiled.class, result, () -> result.toString());
  }

  private String evaluate(String condition, String property) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.putObject("properties").put("p", property);
    Condition compiled =
        compile("FROM /* WHERE " + condition + " INTO $upstream").route().condition();
    return compiled.evaluate(new JsonMessage(message)).name();
  }

  @ParameterizedTest
  @CsvSource({
    "/messages/modules/123, /messages/modules/123/",
    "/messages/modules/not, /messages/modules/not/",
    "/messages/modules/from/*, /messages/modules/from/",
    "/messages/modules/into, /messages/modules/into/",
    "/messages/modules/-1.5e3, /messages/modules/-1.5e3/",
    "/messages/modules/*/outputs/o, /messages/modules/*/outputs/o/",
    "/messages/modules/m*, /messages/modules/m/",
    "/messages/**, /messages/",
    "/messages /* note */, /messages/",
    "/messages /* one *//* two */ /*, /messages/",
    "/messages /* /* note */, /messages/",
    "/* /* note */, /"
  })
  void takesAnyNameAsSegmentAndSlashStarAsWildcard(String source, String prefix) {
    assertEquals(prefix, compile("FROM " + source + " INTO $upstream").route().source().prefix());
  }

  @Test
  void keepsTheConditionBehindWildcardAndComment() {
    String text = "FROM /messages /* WHERE p = 'x' /* note */ INTO $upstream";

    assertTrue(compile(text).route().condition() != Condition.ALWAYS);
  }

  @Test
  void needsNoConditionToMatchAlways() {
    assertSame(Condition.ALWAYS, compile("FROM /* INTO $upstream").route().condition());
  }

  @Test
  void namesEveryBodyPathOfTheCondition() {
    String condition = "$body.a > 1 OR length($BODY.b[2].c) = 3 OR {$body.a} = 4";

    Set<BodyPath> paths =
        compile("FROM /* WHERE " + condition + " INTO $upstream").route().bodyPaths();

    assertEquals(
        Set.of(
            new BodyPath("a", List.of(new Member("a"))),
            new BodyPath("b[2].c", List.of(new Member("b"), new Element(2), new Member("c")))),
        paths);
  }

  @ParameterizedTest
  @CsvSource({
    "' 12 ', 12",
    "5-, -5",
    "+5, 5",
    "(1.5), -1.5",
    "'1,2,3', 123",
    "1e3, 1000",
    "-Infinity, -Infinity",
    ".5, 0.5",
    "5., 5",
    "-0, 0"
  })
  void readsNumbersAsPeopleWriteThem(String text, String number) {
    String wanted = number.equals("-Infinity") ? "-1/0" : number;

    assertEquals("TRUE", evaluate("as_number(p) = " + wanted, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "-", "()", "(5", "5)", "-(5)", "-5-", ".", "e5", "5e", "1e+", ",5", "- 5", "0x5",
        "NaN", "5 5", "1.2.3", "12a", "Infinit", "1.0,0"
      })
  void findsNoNumberInOtherText(String text) {
    assertEquals("FALSE", evaluate("is_defined(as_number(p))", text));
  }

  @Test
  void mapsLettersOneToOne() {
    assertEquals("TRUE", evaluate("upper(p) = 'STRAßE'", "straße"));
    assertEquals("TRUE", evaluate("lower(p) = p", "\u0130"));
    assertEquals("TRUE", evaluate("upper(p) = p", "\u0131"));
  }

  @Test
  void wrapsHexadecimalNumbersAtSixteenDigits() {
    assertEquals("TRUE", evaluate("0xFFFFFFFFFFFFFFFF = -1", ""));
    assertEquals("TRUE", evaluate("0x00000000000000001 = 1", ""));
    assertEquals("FALSE", evaluate("is_defined(0x10000000000000000)", ""));
  }

  @Test
  void reportsAllTypeErrorsAndTheSinkAtOnce() {
    String text = "FROM /* WHERE p > 5\nAND nope(1) AND $body..x = 1\nINTO $cloud";

    Rejected rejected = assertInstanceOf(Rejected.class, compiler.compile("r", text));

    assertEquals(
        List.of(
            IssueCode.OPERAND_TYPES, IssueCode.UNKNOWN_FUNCTION, IssueCode.SYNTAX, IssueCode.SINK),
        rejected.issues().stream().map(RouteIssue::code).toList());
  }

  @Test
  void countsColumnsInUtf16Units() {
    String text = "FROM /* WHERE p = '\ud83d\ude00' AND p > 5 INTO $upstream";

    Rejected rejected = assertInstanceOf(Rejected.class, compiler.compile("r", text));

    assertEquals(new Span(1, 30, 31), rejected.issues().get(0).span());
  }

  @Test
  void showsLinesThatEndAsOnWindows() {
    String text = "FROM /*\r\nWHERE p\t> 5\r\nINTO $upstream";

    Rejected rejected = assertInstanceOf(Rejected.class, compiler.compile("a\nb", text));

    assertEquals(
        """
        operand-types: route "a\\nb" 2:9: > does not take string and number
          WHERE p\\t> 5
                   ^
        hint: p is a string: write as_number(p)""",
        rejected.issues().get(0).render(text));
  }
}
