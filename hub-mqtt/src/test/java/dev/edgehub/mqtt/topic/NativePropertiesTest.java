package dev.edgehub.mqtt.topic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.message.EdgeMessageId;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.SystemProperty;
import dev.edgehub.mqtt.wire.PublishProperties;
import dev.edgehub.mqtt.wire.PublishProperties.UserProperty;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Properties of MQTT 5 and those of messages, both ways. */
final class NativePropertiesTest {

  private static final Identity SENDER = new Identity.Module("edge", "sensor");
  private static final String EVENTS = "devices/edge/modules/sensor/messages/events/";
  private static final byte[] BODY = "21 °C".getBytes(StandardCharsets.UTF_8);

  @Test
  void userPropertiesArePairsOfTheBag() {
    Message message =
        read(
            "a=bag&b=bag",
            user(
                new UserProperty("b", "user"),
                new UserProperty("$.mid", "m1"),
                new UserProperty("$.on", "out"),
                new UserProperty("$.cdid", "somebody else")));

    assertEquals("bag", message.properties().get("a"));
    assertEquals("user", message.properties().get("b"), "of one given twice the last counts");
    assertEquals("m1", message.system().get(SystemProperty.MESSAGE_ID));
    assertEquals("out", message.source().output());
    assertEquals(2, message.properties().size());
  }

  @Test
  void whatMqttHasWordsForIsASystemProperty() {
    Message message =
        read(
            "%24.ct=of-the-bag",
            new PublishProperties(true, -1, 0, "answers", utf8("c1"), "text/plain", List.of()));

    assertEquals("text/plain", message.system().get(SystemProperty.CONTENT_TYPE));
    assertEquals("utf-8", message.system().get(SystemProperty.CONTENT_ENCODING));
    assertEquals("c1", message.system().get(SystemProperty.CORRELATION_ID));
    assertEquals("answers", message.properties().get("mqtt-response-topic"));
  }

  @Test
  void anEncodingThatIsNamedIsKept() {
    Message message =
        read("%24.ce=utf-16", new PublishProperties(true, -1, 0, null, null, null, List.of()));

    assertEquals("utf-16", message.system().get(SystemProperty.CONTENT_ENCODING));
  }

  @Test
  void whatComesInGoesOut() {
    for (byte[] correlation : List.of(utf8("c1"), new byte[] {(byte) 0xc3, 0x28, 0})) {
      PublishProperties in =
          new PublishProperties(
              true,
              -1,
              0,
              "answers",
              correlation,
              "text/plain",
              List.of(new UserProperty("a", "b")));

      PublishProperties out = NativeProperties.of(read("", in), false, Long.MAX_VALUE);

      assertTrue(out.utf8());
      assertEquals("answers", out.responseTopic());
      assertArrayEquals(correlation, out.correlationData());
      assertEquals("text/plain", out.contentType());
      assertEquals(-1, out.expirySeconds());
      assertEquals("b", map(out).get("a"));
      assertEquals("sensor", map(out).get("$.cmid"));
      assertNotNull(map(out).get("edgeMessageId"));
    }
  }

  @Test
  void theRemainingTimeIsRoundedUp() {
    Message message = read("", PublishProperties.NONE);

    assertEquals(0, NativeProperties.of(message, false, 0).expirySeconds());
    assertEquals(1, NativeProperties.of(message, false, 1).expirySeconds());
    assertEquals(2, NativeProperties.of(message, false, 1_001).expirySeconds());
    assertEquals(
        0xffff_ffffL, NativeProperties.of(message, false, Long.MAX_VALUE - 1_000).expirySeconds());
  }

  @Test
  void aBodyThatIsNotWhatItsSenderSaysIsNotDeclaredText() {
    HubTopics.Telemetry telemetry = telemetry("%24.ce=utf-8", PublishProperties.NONE);
    Message message =
        new Message(
            new EdgeMessageId(1, 1),
            telemetry.source(),
            telemetry.system(),
            telemetry.properties(),
            new byte[] {(byte) 0xff});

    assertFalse(NativeProperties.of(message, false, Long.MAX_VALUE).utf8());
  }

  @Test
  void whatMqtt5CannotSayStaysInTheBag() {
    Message message = read("nul=%00&%00=x&a=b", PublishProperties.NONE);

    Map<String, String> user = map(NativeProperties.of(message, false, Long.MAX_VALUE));

    assertEquals("b", user.get("a"));
    assertFalse(user.containsKey("nul"));
    assertFalse(user.containsKey("\0"));
  }

  @Test
  void aResponseTopicThatIsNoneStaysAUserProperty() {
    Message message = read("mqtt-response-topic=a/%23", PublishProperties.NONE);

    PublishProperties out = NativeProperties.of(message, false, Long.MAX_VALUE);

    assertNull(out.responseTopic());
    assertEquals("a/#", map(out).get("mqtt-response-topic"));
  }

  @Test
  void emptyAndNullValuesAreEmptyOrLeftOut() {
    Message message = read("bare&empty=", PublishProperties.NONE);

    assertEquals("", map(NativeProperties.of(message, false, Long.MAX_VALUE)).get("bare"));
    assertFalse(map(NativeProperties.of(message, true, Long.MAX_VALUE)).containsKey("empty"));
  }

  @Test
  void moreThan512PairsInBagAndPropertiesTogetherAreRefused() {
    List<UserProperty> pairs = Collections.nCopies(512, new UserProperty("a", "b"));

    assertNotNull(find("", new PublishProperties(false, -1, 0, null, null, null, pairs)));
    assertNull(find("c=d", new PublishProperties(false, -1, 0, null, null, null, pairs)));
  }

  private static Message read(String bag, PublishProperties beside) {
    HubTopics.Telemetry telemetry = telemetry(bag, beside);
    return new Message(
        new EdgeMessageId(1, 1),
        telemetry.source(),
        telemetry.system(),
        telemetry.properties(),
        BODY);
  }

  private static HubTopics.Telemetry telemetry(String bag, PublishProperties beside) {
    HubTopics.Telemetry telemetry = find(bag, beside);
    assertNotNull(telemetry);
    return telemetry;
  }

  private static HubTopics.@Nullable Telemetry find(String bag, PublishProperties beside) {
    return HubTopics.telemetry(EVENTS + bag, SENDER, false, false, beside);
  }

  private static PublishProperties user(UserProperty... pairs) {
    return new PublishProperties(false, -1, 0, null, null, null, List.of(pairs));
  }

  private static Map<String, String> map(PublishProperties properties) {
    return properties.userProperties().stream()
        .collect(Collectors.toMap(UserProperty::name, UserProperty::value));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
