package dev.edgehub.routing.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner fails where it must, and says what was expected. */
class VectorFileTest {

  private static final String HOT =
      "{'systemProperties': {'connectionModuleId': 'm', 'outputName': 'o'},"
          + " 'properties': {'t': '31'}}";

  private static VectorFileResult read(String json) {
    return VectorFile.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static VectorFile file(String cases) {
    VectorFileResult result =
        read(
            "{'format': 'routing-vectors/1', 'messages': {'hot': "
                + HOT
                + "}, 'cases': ["
                + cases
                + "]}");
    return assertInstanceOf(VectorFileResult.Usable.class, result, () -> "" + result).file();
  }

  private static VectorOutcome run(String members) {
    return file("{'id': 'x', " + members + "}").run().get(0);
  }

  private static VectorOutcome.Failure failure(String members) {
    VectorOutcome outcome = run(members);
    assertEquals("x", outcome.id());
    VectorOutcome.Failure failure = outcome.failure();
    assertTrue(failure != null, () -> "passed: " + members);
    return failure;
  }

  private static String why(String json) {
    return assertInstanceOf(VectorFileResult.Unusable.class, read(json)).why();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "as_number(t) > 30 | false | true",
        "as_number(t) > 30 | 'undefined' | true",
        "as_number(t) > 30 | 'true' | true",
        "as_number(t) > 40 | true | false",
        "u = 1 ?? 1 | true | 'error'",
        "u = 'x' | false | 'undefined'",
        "t = 'x' | 'error' | false",
        "t > 1 | true | 'error'",
      })
  void reportsAConditionWithAnotherAnswer(String condition, String expected, String actual) {
    VectorOutcome.Failure failure =
        failure(
            "'kind': 'condition', 'message': 'hot', 'condition': '"
                + condition.replace("'", "\\u0027")
                + "', 'expect': "
                + expected);

    assertEquals(expected.replace('\'', '"'), failure.expected().toString());
    assertEquals(actual.replace('\'', '"'), failure.actual().toString());
  }

  @Test
  void reportsAnErrorAtAnotherPlaceOrWithAnotherCode() {
    String start = "'kind': 'condition', 'condition': '1 +\\n 1 = true', 'message': 'hot', ";
    String error = "{'code': 'operand-types', 'start': [2, 4], 'end': [2, 5]}";

    assertTrue(run(start + "'expect': 'error', 'error': " + error).passed());
    for (String wrong :
        List.of(
            error.replace("operand", "argument"),
            error.replace("[2, 4]", "[1, 4]"),
            error.replace("[2, 5]", "[2, 6]"))) {
      VectorOutcome.Failure failure = failure(start + "'expect': 'error', 'error': " + wrong);

      assertEquals(
          "{'code':'operand-types','start':[2,4],'end':[2,5]}".replace('\'', '"'),
          failure.actual().toString());
      assertTrue(failure.details().get(0).contains("2:4"), () -> "" + failure.details());
    }
  }

  @Test
  void reportsTheIssuesOfAConditionWithPlacesInTheCondition() {
    VectorOutcome.Failure failure =
        failure("'kind': 'condition', 'condition': 't > 1', 'message': 'hot', 'expect': true");

    assertTrue(
        failure
            .details()
            .get(0)
            .startsWith(
                "operand-types: route \"x\" 1:3: > does not take string and number\n  t > 1\n"),
        () -> failure.details().get(0));
  }

  @Test
  void reportsARouteThatParsesOtherwise() {
    String parsed = "{'sourcePrefix': '/', 'sink': {'type': 'upstream'}, 'condition': '(t = t)'}";
    String start = "'kind': 'parse', 'route': 'FROM /* WHERE (t = t) INTO $upstream', ";

    assertTrue(run(start + "'expect': 'ok', 'parsed': " + parsed).passed());
    assertEquals("\"ok\"", failure(start + "'expect': 'error'").actual().toString());
    for (String wrong :
        List.of(
            parsed.replace("'/'", "'/x/'"),
            parsed.replace("upstream", "module"),
            parsed.replace("(t = t)", "t = t"),
            parsed.replace("sourcePrefix", "prefix"))) {
      assertEquals(
          parsed.replace('\'', '"').replaceAll("([:,]) ", "$1"),
          failure(start + "'expect': 'ok', 'parsed': " + wrong).actual().toString());
    }
  }

  @Test
  void reportsARouteThatDoesNotParse() {
    VectorOutcome.Failure failure =
        failure("'kind': 'parse', 'route': 'FROM / INTO $upstream', 'expect': 'ok'");

    assertEquals("\"error\"", failure.actual().toString());
    assertTrue(failure.details().get(0).startsWith("syntax"), () -> "" + failure.details());
  }

  @Test
  void reportsASourceThatSelectsOtherwise() {
    String start = "'kind': 'source', 'message': 'hot', ";

    assertEquals(
        List.of("the message's path is /messages/modules/m/outputs/o/"),
        failure(start + "'source': '/messages/modules/m', 'expect': false").details());
    assertEquals(
        "false", failure(start + "'source': '/messages/x', 'expect': true").actual().toString());
    assertEquals(
        "\"error\"", failure(start + "'source': '//', 'expect': true").actual().toString());
  }

  @Test
  void reportsDeliveriesThatDiffer() {
    String delivery = "{'sink': {'type': 'upstream'}, 'priority': 3, 'routeTtlSecs': 60}";
    String start =
        "'kind': 'dispatch', 'message': 'hot', 'routes': {'a': {'route': 'FROM /* INTO $upstream',"
            + " 'priority': 3, 'timeToLiveSecs': 60}}, 'expect': {'deliveries': [";

    assertTrue(run(start + delivery + "]}").passed());
    for (String wrong :
        List.of(
            "",
            delivery.replace("3", "2"),
            delivery.replace("60", "0"),
            delivery + "," + delivery.replace("'upstream'", "'module'"))) {
      assertEquals(
          ("{'deliveries':[" + delivery + "]}").replace('\'', '"').replaceAll("([:,]) ", "$1"),
          failure(start + wrong + "]}").actual().toString());
    }
  }

  @Test
  void tellsAnInheritedTimeToLiveFromOneOfTheSameLength() {
    String delivery = "{'sink': {'type': 'upstream'}, 'priority': 3, 'routeTtlSecs': 0}";
    String start =
        "'kind': 'dispatch', 'message': 'hot', 'routes': {'a': {'route': 'FROM /* INTO $upstream',"
            + " 'priority': 3, 'timeToLiveSecs': 7200}}, 'expect': {'deliveries': [";

    assertTrue(failure(start + delivery + "]}").actual().toString().contains("7200"));
  }

  @Test
  void reportsAConfigurationThatIsReadOtherwise() {
    String start =
        "'kind': 'config', 'schemaVersion': '1.1',"
            + " 'routes': {'a': {'route': 'FROM /* INTO $upstream', 'priority': 3}}, ";
    String parsed = "{'a': {'priority': 3, 'routeTtlSecs': 0}}";

    assertTrue(run(start + "'expect': 'ok', 'parsed': " + parsed).passed());
    assertEquals("\"ok\"", failure(start + "'expect': 'error'").actual().toString());
    assertEquals(
        "{'a':{'priority':3,'routeTtlSecs':0}}".replace('\'', '"'),
        failure(start + "'expect': 'ok', 'parsed': {}").actual().toString());
    VectorOutcome.Failure refused =
        failure(start.replace("1.1", "1.0") + "'expect': 'ok', 'parsed': " + parsed);
    assertEquals("\"error\"", refused.actual().toString());
    assertTrue(refused.details().get(0).contains("schema 1.0"), () -> "" + refused.details());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'kind': 'smell' | expected kind to be condition, parse, source, dispatch or config",
        "'why': 'x' | expected kind to be a text, found nothing",
        "'kind': 'condition', 'expect': true, 'message': {} | expected condition to be a text",
        "'kind': 'condition', 'condition': '1=1', 'message': {} | expected a member expect",
        "'kind': 'condition', 'condition': '1=1', 'expect': true | expected a member message",
        "'kind': 'condition', 'condition': '1=1', 'expect': true, 'message': 'cold'"
            + " | no message named \"cold\"",
        "'kind': 'parse', 'expect': 'ok' | expected route to be a text, found nothing",
        "'kind': 'parse', 'route': 'FROM /* INTO $upstream', 'expect': 'ok'"
            + " | expected parsed to be an object, found nothing",
        "'kind': 'source', 'source': 7, 'expect': true, 'message': {}"
            + " | expected source to be a text, found number",
        "'kind': 'dispatch', 'routes': {}, 'message': {}, 'expect': {}"
            + " | expected expect/deliveries to be an array, found nothing",
        "'kind': 'dispatch', 'routes': {}, 'message': {}, 'expect': {'deliveries': [{}]}"
            + " | expected a delivery to have sink, priority and routeTtlSecs",
        "'kind': 'config', 'routes': {}, 'expect': 'ok' | expected a member schemaVersion",
      })
  void reportsAMalformedCase(String members, String why) {
    VectorOutcome.Failure failure = failure(members);

    assertTrue(
        failure.actual().asText().startsWith("malformed: ")
            && failure.actual().asText().contains(why.replace('\'', '"')),
        () -> failure.actual().asText());
  }

  @Test
  void goesOnBehindAMalformedCase() {
    String good = "{'id': 'b', 'kind': 'source', 'source': '/*', 'message': {}, 'expect': true}";

    List<VectorOutcome> outcomes = file("7, {}, " + good).run();

    assertEquals(List.of("#1", "#2", "b"), outcomes.stream().map(VectorOutcome::id).toList());
    assertEquals(
        List.of(false, false, true), outcomes.stream().map(VectorOutcome::passed).toList());
  }

  @Test
  void warnsOfIdsGivenTwice() {
    assertEquals(
        List.of("cases 1 and 3 have the same id, a"),
        file("{'id': 'a'}, {'id': 'b'}, {'id': 'a'}").warnings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "[]", "7", "{", "{} {}", "null", "{'format': 'x', 'format': 'y'}"})
  void refusesWhatIsNotOneJsonObject(String text) {
    assertTrue(why(text).contains("JSON"), () -> why(text));
  }

  @Test
  void refusesAFileOfAnotherFormat() {
    assertEquals(
        "expected \"format\": \"routing-vectors/1\", found \"routing-vectors/2\"",
        why("{'format': 'routing-vectors/2'}"));
    assertEquals(
        "expected \"cases\" to be an array, found nothing", why("{'format': 'routing-vectors/1'}"));
    assertEquals(
        "expected \"messages\" to be an object, found array",
        why("{'format': 'routing-vectors/1', 'cases': [], 'messages': []}"));
  }

  @Test
  void refusesFilesThatAreTooLargeInAnyWay() {
    String start = "{'format': 'routing-vectors/1', 'cases': [";
    List<String> reasons = new ArrayList<>();
    reasons.add(why(" ".repeat(VectorFile.MAX_BYTES + 1)));
    reasons.add(why(start + "{},".repeat(VectorFile.MAX_CASES) + "{}]}"));
    reasons.add(why(start + "[],".repeat(600_000) + "[]]}"));
    reasons.add(why(start + "[".repeat(100_000)));

    assertEquals(
        List.of(
            "expected at most 4194304 bytes, found more",
            "expected at most 50000 cases, found 50001",
            "not JSON: Token count (1000001) exceeds the maximum allowed (1000000)",
            "not JSON: Document nesting depth (1001) exceeds the maximum allowed (1000)"),
        reasons);
  }

  @Test
  void refusesBytesThatAreNoText() {
    byte[] rubbish = {(byte) 0xff, 0, (byte) 0xfe, 7, 0, 0, 0, 1};

    assertInstanceOf(VectorFileResult.Unusable.class, VectorFile.read(rubbish));
  }
}
