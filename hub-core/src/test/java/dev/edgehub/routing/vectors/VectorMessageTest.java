package dev.edgehub.routing.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.lang.eval.Value;
import dev.edgehub.routing.body.BodyPaths;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorMessageTest {

  private static final BodyPath A = new BodyPath("a", List.of(new BodyPath.Member("a")));
  private static final String READABLE =
      "'systemProperties': {'contentType': 'application/json', 'contentEncoding': 'utf-8'}, ";

  private static MessageResult read(String json, String name) {
    return VectorMessage.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), name);
  }

  private static VectorMessage message(String members) {
    MessageResult result = read("{" + members + "}", null);
    return assertInstanceOf(MessageResult.Usable.class, result, () -> "" + result).message();
  }

  private static MessageView view(String members) {
    return message(members).view(new BodyPaths(List.of(A)));
  }

  private static String why(String json, String name) {
    return assertInstanceOf(MessageResult.Unusable.class, read(json, name)).why();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'x': 'y' | /messages/",
        "'outputName': 'o' | /messages/",
        "'connectionModuleId': 'm' | /messages/modules/m/",
        "'CONNECTIONMODULEID': 'm', 'outputname': 'o' | /messages/modules/m/outputs/o/",
        "'connectionModuleId': null | /messages/",
        "'messageType': 'TwinChangeNotification', 'connectionModuleId': 'm'"
            + " | /twinChangeNotifications/",
      })
  void knowsItsPath(String system, String path) {
    assertEquals(path, message("'systemProperties': {" + system + "}").path());
  }

  @Test
  void carriesAnyPropertyWithOrWithoutAValue() {
    MessageView view =
        view("'systemProperties': {'madeUp': 'S'}, 'properties': {'Key': 'V', 'none': null}");

    assertEquals("S", view.systemProperty("MADEUP"));
    assertTrue(view.hasSystemProperty("madeup"));
    assertEquals("V", view.property("kEY"));
    assertTrue(view.hasProperty("NONE"));
    assertNull(view.property("none"));
    assertNull(view.property("madeUp"));
    assertTrue(!view.hasProperty("madeUp"));
  }

  @Test
  void keepsTheLastOfNamesThatDifferByCase() {
    assertEquals("2", view("'properties': {'k': '1', 'K': '2'}").property("k"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'body': {'a': 1e3}",
        "'bodyText': '{\\u0022a\\u0022: 1000}'",
        "'bodyBase64': 'eyJhIjoxMDAwfQ=='",
      })
  void takesABodyInThreeForms(String body) {
    assertEquals(new Value.Num(1_000), view(READABLE + body).body(A));
  }

  @Test
  void writesABodyAsItWasRead() {
    assertEquals(
        new Value.Num(Double.POSITIVE_INFINITY), view(READABLE + "'body': {'a': 1e999}").body(A));
  }

  @Test
  void withoutABodyHasAnEmptyOne() {
    assertEquals(Value.UNDEFINED, view(READABLE + "'properties': {}").body(A));
  }

  @Test
  void warnsOfMembersThatMeanNothing() {
    assertEquals(
        List.of("the message's member bodytext means nothing"),
        message("'bodytext': 'x'").warnings());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'properties': [] | expected properties to be an object, found array",
        "'properties': {'a': 1} | expected properties/a to be a text, found number",
        "'systemProperties': {'a': {}} | expected systemProperties/a to be a text, found object",
        "'body': 1, 'bodyText': '' | expected one body, found body and bodyText",
        "'bodyText': 1 | expected bodyText to be a text, found number",
        "'bodyBase64': '????' | bodyBase64 is not base 64: Illegal base64 character 3f",
        "'format': 'routing-vectors/1' | expected one message, found a vector file;"
            + " name one of its messages",
      })
  void refusesWhatIsNoMessage(String members, String why) {
    assertEquals(why, why("{" + members + "}", null));
  }

  @Test
  void takesASharedMessageOfAVectorFile() {
    String file = "{'format': 'routing-vectors/1', 'cases': [], 'messages': {'m': {}, 'n': 7}}";

    assertInstanceOf(MessageResult.Usable.class, read(file, "m"));
    assertEquals("the file has no message named x", why(file, "x"));
    assertEquals("expected a message to be an object, found number", why(file, "n"));
    assertTrue(why("{}", "m").startsWith("expected \"format\""));
  }
}
