package dev.edgehub.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.lang.CompileResult.Compiled;
import dev.edgehub.lang.CompileResult.Rejected;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Corners of the language that the vectors leave out: condition, then answer or issue code. */
class LanguageRulesTest {

  private static final String MESSAGE =
      """
      {"systemProperties": {"contentType": "application/json", "contentEncoding": "utf-8"},
       "properties": {"site": "North7", "level": "42", "blank": null, "empty": "",
         "$body.hidden": null, "$body.shown": "user", "TRUE": "yes"},
       "body": {"n": 8, "t": "Pump", "on": true, "nothing": null, "list": [1, [2, 3]],
         "hidden": 1, "shown": 2, "date": "/Date(5)/", "odd": "2024-05-06T07:08"}}
      """;

  private final RouteCompiler compiler = new RouteCompiler(CompileLimits.DEFAULT);

  private String answer(String condition) throws Exception {
    CompileResult result = compiler.compile("r", "FROM /* WHERE " + condition + " INTO $upstream");
    if (result instanceof Rejected rejected) {
      return rejected.issues().get(0).code().id();
    }
    Compiled compiled = assertInstanceOf(Compiled.class, result);
    JsonMessage message = new JsonMessage(JsonMapper.builder().build().readTree(MESSAGE));
    return compiled.route().condition().evaluate(message).name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // a null property counts as defined on either side of ??, also next to a body value
        "is_defined(blank ?? $body.t) | true",
        "(blank ?? $body.t) = 'Pump' | undefined",
        "is_null(blank ?? $body.t) | true",
        "is_string(blank ?? $body.t) | false",
        "is_bool(blank ?? $body.t) | false",
        "concat(blank ?? $body.t, 'x') = 'x' | true",
        "(nope ?? $body.t) = 'Pump' | true",
        "is_defined($body.hidden) | true",
        "$body.hidden = 1 | undefined",
        "{$body.hidden} = 1 | true",
        "$body.shown = 'user' | true",
        "concat(nope ?? blank, 'x') = 'x' | true",
        "concat((nope ?? blank) ?? 'y', 'x') = 'x' | true",
        "($body.list ?? $body.nothing ?? 1) = null | true",
        "($body.missing ?? 5) = 5 | false",
        "(null ?? $body.n) = null | true",
        // numbers that are none
        "is_defined(e5) | false",
        "e5 ?? e6 | undefined",
        "-E10 | undefined",
        "e5 AND false | false",
        "e5 = 'x' | operand-types",
        "0x1FFFFFFFFFFFFFFFF = 1 | operand-types",
        "is_defined(0x1FFFFFFFFFFFFFFFF) | false",
        "0x00000000000000001F = 31 | true",
        "0xFFFFFFFFFFFFFFFF = -1 | true",
        "-0 = 0 | true",
        "1 / -0 < 0 | true",
        "1 / sign(-0) > 0 | true",
        "as_number('-0') = 0 | true",
        "- 0x10 = -16 | true",
        "-.5e1 = -5 | true",
        "-.e1 = 'x' | undefined",
        // as_number as the invariant culture has it
        "as_number('Infinity') = 1/0 | true",
        "as_number(' -infinity ') = -1/0 | true",
        "as_number('+INFINITY') = 1/0 | true",
        "is_defined(as_number('(Infinity)')) | false",
        "is_defined(as_number('Infinity-')) | false",
        "is_defined(as_number('- Infinity')) | false",
        "is_defined(as_number('NaN')) | false",
        "is_defined(as_number('\\u221e')) | false",
        "as_number('\\u00a4 5') = 5 | true",
        "as_number('-\\u00a4 5') = -5 | true",
        "as_number('5 \\u00a4') = 5 | true",
        "is_defined(as_number('\\u00a45\\u00a4')) | false",
        "as_number('(\\u00a45)') = -5 | true",
        "as_number('\\u0009\\u000d5\\u000b') = 5 | true",
        "is_defined(as_number('\\u00a05')) | false",
        "as_number('\\u00a0Infinity\\u3000') = 1/0 | true",
        "as_number('5\\u0000\\u0000') = 5 | true",
        "is_defined(as_number('5\\u0000 ')) | false",
        "is_defined(as_number('( 5)')) | false",
        "as_number('(5 ) ') = -5 | true",
        "is_defined(as_number('(5)-')) | false",
        "as_number('5 -') = -5 | true",
        "is_defined(as_number('+5-')) | false",
        "as_number('1,,2,.5') = 12.5 | true",
        "is_defined(as_number('1.5e1,0')) | false",
        "is_defined(as_number('\\u0665')) | false",
        "as_number('1e99999999999') = 1/0 | true",
        "as_number('1e-99999999999') = 0 | true",
        // letters of two units change case too
        "lower('\\uD801\\uDC00') = '\\uD801\\uDC28' | true",
        "upper('a\\uD801\\uDC28') = 'A\\uD801\\uDC00' | true",
        "lower('\\uD801x\\uDC00X') = '\\uD801x\\uDC00x' | true",
        "upper('\\u01c6') = '\\u01c4' | true",
        // substring and index_of at their edges
        "substring('abc', 0.5) = 'abc' | true",
        "substring('abc', 3.1) = '' | undefined",
        "substring('abc', -0.1) = 'abc' | undefined",
        "substring('abc', 2.5, 0.5) = '' | true",
        "substring('abc', 2.5, 0.6) = 'c' | undefined",
        "substring('abc', 1/0) = '' | undefined",
        "substring('abc', 0, 1/0) = 'abc' | undefined",
        "index_of('abc', '') = 0 | true",
        "index_of('', '') = 0 | true",
        "index_of(blank, '') = 0 | undefined",
        // dynamic values
        "true AND $body.t | undefined",
        "false AND $body.t | undefined",
        "true OR $body.nope | undefined",
        "$body.x OR null | undefined",
        "$body.x AND null | operand-types",
        "$body.on AND undefined | undefined",
        "$body.list[1][1] = 3 | true",
        "$body.list[99999999999] = null | true",
        "$body.date = '/Date(5)/' | undefined",
        "$body.odd = '2024-05-06T07:08' | true",
        "is_null($body.date) | undefined",
        "{$x[0]} = 'a' | undefined",
        "$body[0] = 'a' | undefined",
        "power(as_number(site), 0) = 1 | undefined",
        "power(1, 1/0) = 1 | true",
        // words
        "from = 'x' | syntax",
        "NOT = 'x' | syntax",
        "Null = 'x' | undefined",
        "TRUE = 'yes' | true",
        "true/* */and/**/true | true",
        "'a'/* */= /**/'a' | true",
        "site/* x */= 'North7' | true",
        "f/**/(site) | unknown-function",
        "{ /* x */ $x } = 'a' | undefined",
        "'bad\\n' = 'x' | invalid-symbol",
      })
  void answers(String condition, String expected) throws Exception {
    assertEquals(expected, answer(condition), condition);
  }

  /** The original visits operands before operators, and complains in that order. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "substring('a' + 1, 'b') = 'x' | operand-types | 29",
        "'a' > abs(level) | argument-types | 21",
        "true + $body..x | syntax | 22",
        "level > 5 AND 3 = @ 3 | operand-types | 21",
        "level > 5 AND a == 'b' | syntax | 32",
        "level > 5 AND (1 = 1 | operand-types | 21",
        "nope(1) + 'a' = 2 | unknown-function | 15",
      })
  void putsTheCauseFirst(String condition, String code, int column) {
    String text = "FROM /* WHERE " + condition + " INTO $upstream";

    Rejected rejected = assertInstanceOf(Rejected.class, compiler.compile("r", text));

    RouteIssue first = rejected.issues().get(0);
    assertEquals(code + " " + column, first.code().id() + " " + first.span().column());
  }

  @ParameterizedTest
  @CsvSource({"(a)", "((a))", "not (a)", "(a) AND (b)", "(a) b", "a ??", "()"})
  void reportsAtLeastOneMistakeOfATextWithoutSink(String condition) {
    String text = "FROM /* WHERE " + condition;

    Rejected rejected = assertInstanceOf(Rejected.class, compiler.compile("r", text));

    assertEquals(IssueCode.SYNTAX, rejected.issues().get(0).code());
  }

  @Test
  void endsATokenThatGoesOnBehindItsLine() {
    String text = "FROM /* WHERE a =\n'abc\ndef INTO $upstream";

    Rejected rejected = assertInstanceOf(Rejected.class, compiler.compile("r", text));

    assertEquals(new Span(2, 1, 6), rejected.issues().get(0).span());
  }
}
