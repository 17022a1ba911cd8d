package dev.edgehub.routing.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.lang.eval.BodyPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyTroubleTest {

  private static final BodyPath PATH =
      new BodyPath("a[1]", List.of(new BodyPath.Member("a"), new BodyPath.Element(1)));

  private static String why(String contentType, String encoding, byte[] body) {
    return new BodyTrouble(contentType, encoding, body).whyUndefined(PATH);
  }

  private static String why(String body) {
    return why("Application/JSON", "UTF-8", body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void namesTheContentTypeFirst() {
    byte[] body = {'{', '}'};

    assertEquals(
        "the body is not read: the message has no contentType, expected application/json",
        why(null, null, body));
    assertEquals(
        "the body is not read: contentType is application/json; charset=utf-8, expected"
            + " application/json and no more",
        why("application/json; charset=utf-8", "utf-8", body));
    assertEquals(
        "the body is not read: the message has no contentEncoding, expected utf-8, utf-16 or"
            + " utf-32",
        why("application/json", null, body));
    assertEquals(
        "the body is not read: contentEncoding is latin\\n1, expected utf-8, utf-16 or utf-32",
        why("application/json", "latin\n1", body));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`` | the body is empty",
        "[1] | the body is not a JSON object but an array",
        "7 | the body is not a JSON object but a number",
        "{\"a\":[0,{}]} | it is an object, which conditions do not see",
        "{\"a\":[0,[]]} | it is an array, which conditions do not see",
        "{\"a\":[0,\"2024-01-01T00:00:00\"]} | it is a date-time text, which conditions do not see",
      })
  void namesWhatTheBodyIs(String body, String why) {
    assertEquals(why, why(body));
  }

  @Test
  void namesTheByteThatIsNotOfTheEncoding() {
    assertEquals(
        "the body is not UTF-8: wrong at byte 2",
        why("application/json", "utf-8", new byte[] {'{', '"', (byte) 0xff, '"'}));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {"{\"a\":[0", "{} {}", "{'a':1}", "{\"a\":1,}", "nonsense"})
  void saysWhatIsWrongWithTheJson(String body) {
    assertTrue(why(body).startsWith("the body is not one JSON object: "), () -> why(body));
    assertEquals(1, why(body).lines().count());
  }

  @Test
  void saysWhichLimitsABodyHas() {
    assertEquals(
        "the body is nested deeper than 64 or holds a number of more than 64 digits",
        why("{\"a\":".repeat(65) + "1" + "}".repeat(65)));
  }
}
