package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.HeldStore;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Services;
import dev.edgehub.mqtt.wire.Packet;
import dev.edgehub.mqtt.wire.PublishProperties;
import dev.edgehub.mqtt.wire.PublishProperties.UserProperty;
import dev.edgehub.mqtt.wire.Reason;
import dev.edgehub.store.AppendOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a PUBLISH of MQTT 5 is answered. */
@ExtendWith(DefectWatch.class)
final class FivePublishingTest {

  private static final String ROUTED = "devices/edge/modules/sensor/messages/events/$.on=hot";
  private static final String UNROUTED = "devices/edge/modules/sensor/messages/events/$.on=cold";

  private final HeldStore store = new HeldStore();
  private final Services services =
      new Services(
          Config.of(
              "limits.inFlightBytes=65536", "limits.heldBytes=65536", "limits.messageSize=50000"),
          store,
          Manifests.of("FROM /messages/modules/sensor/outputs/hot INTO $upstream"));
  private final EmbeddedClient client = EmbeddedClient.connectedFive(services.get(), "edge/sensor");

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void tellsThatNoRouteTakesIt() {
    publish(UNROUTED, 1, 7, PublishProperties.NONE);

    assertEquals(List.of("7 NO_MATCHING_SUBSCRIBERS"), client.reasons());
  }

  @Test
  void acknowledgesInOrderWhateverTheReasons() {
    publish(ROUTED, 1, 1, PublishProperties.NONE);
    publish(UNROUTED, 1, 2, PublishProperties.NONE);
    publish("plain", 1, 3, PublishProperties.NONE);
    assertEquals(List.of(), client.reasons());

    store.answer(0, AppendOutcome.DURABLE);

    assertEquals(
        List.of("1 SUCCESS", "2 NO_MATCHING_SUBSCRIBERS", "3 TOPIC_NAME_INVALID"),
        client.reasons());
    assertTrue(client.isOpen());
  }

  @Test
  void anotherTopicOfQosZeroEndsTheConnection() {
    publish("plain", 0, 0, PublishProperties.NONE);

    assertEquals(Reason.TOPIC_NAME_INVALID, client.farewell());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"devices/edge/modules/other/messages/events/", "devices/leaf/x", "$SYS/broker"})
  void aForeignTopicEndsTheConnection(String topic) {
    publish(topic, 1, 1, PublishProperties.NONE);

    assertEquals(Reason.NOT_AUTHORIZED, client.farewell());
    assertEquals(List.of(), store.appended());
  }

  @Test
  void qosTwoEndsTheConnectionBeforeStoring() {
    publish(ROUTED, 2, 1, PublishProperties.NONE);

    assertEquals(Reason.QOS_NOT_SUPPORTED, client.farewell());
    assertEquals(List.of(), store.appended());
  }

  @Test
  void aPublishToBeRetainedEndsTheConnection() {
    client.send(new Packet.Publish(ROUTED, 1, false, true, 1, new byte[0], PublishProperties.NONE));

    assertEquals(Reason.RETAIN_NOT_SUPPORTED, client.farewell());
  }

  @Test
  void aMessageThatIsTooLargeIsRefusedInItsPubAck() {
    client.send(
        EmbeddedClient.publishingFive(ROUTED, 1, 1, "x".repeat(50_001), PublishProperties.NONE));

    assertEquals(List.of("1 QUOTA_EXCEEDED"), client.reasons());
    client.send(
        EmbeddedClient.publishingFive(ROUTED, 0, 0, "x".repeat(50_001), PublishProperties.NONE));
    assertEquals(Reason.PACKET_TOO_LARGE, client.farewell());
  }

  @Test
  void aPayloadThatIsNotWhatItClaimsIsRefused() {
    PublishProperties text = new PublishProperties(true, -1, 0, null, null, null, List.of());
    client.send(
        new Packet.Publish(ROUTED, 1, false, false, 1, new byte[] {(byte) 0xff}, text),
        new Packet.Publish(ROUTED, 1, false, false, 2, "é".getBytes(StandardCharsets.UTF_8), text));
    store.answer(0, AppendOutcome.DURABLE);

    assertEquals(List.of("1 PAYLOAD_FORMAT_INVALID", "2 SUCCESS"), client.reasons());
  }

  @Test
  void moreThanTheReceiveMaximumEndsTheConnection() {
    for (int id = 1; id <= 1_000; id++) {
      publish(ROUTED, 1, id, PublishProperties.NONE);
    }
    assertTrue(client.isOpen());

    publish(ROUTED, 1, 1_001, PublishProperties.NONE);

    assertEquals(Reason.RECEIVE_MAXIMUM_EXCEEDED, client.farewell());
  }

  @Test
  void aTopicAliasStandsForItsTopic() {
    publish(ROUTED, 1, 1, alias(16));
    publish("", 1, 2, alias(16));
    publish(UNROUTED, 1, 3, alias(16));
    publish("", 1, 4, alias(16));
    store.answer(0, AppendOutcome.DURABLE);
    store.answer(1, AppendOutcome.DURABLE);

    assertEquals(
        List.of("1 SUCCESS", "2 SUCCESS", "3 NO_MATCHING_SUBSCRIBERS", "4 NO_MATCHING_SUBSCRIBERS"),
        client.reasons());
  }

  @Test
  void aTopicAliasBeyondTheMaximumEndsTheConnection() {
    publish(ROUTED, 1, 1, alias(17));

    assertEquals(Reason.TOPIC_ALIAS_INVALID, client.farewell());
  }

  @Test
  void aTopicAliasThatStandsForNothingEndsTheConnection() {
    publish("", 1, 1, alias(3));

    assertEquals(Reason.PROTOCOL_ERROR, client.farewell());
  }

  @Test
  void aTopicAliasIsForgottenWithItsConnection() {
    publish(ROUTED, 1, 1, alias(1));
    client.breakOff();
    EmbeddedClient again = EmbeddedClient.connectedFive(services.get(), "edge/sensor");

    again.send(EmbeddedClient.publishingFive("", 1, 1, "x", alias(1)));

    assertEquals(Reason.PROTOCOL_ERROR, again.farewell());
  }

  @Test
  void propertiesOfBothKindsShareOneLimit() {
    List<UserProperty> many = new ArrayList<>(Collections.nCopies(512, new UserProperty("k", "v")));
    publish(ROUTED, 1, 1, user(many));

    assertEquals(List.of("1 TOPIC_NAME_INVALID"), client.reasons());
  }

  @Test
  void anOutputNamedByAUserPropertyCounts() {
    publish(
        "devices/edge/modules/sensor/messages/events/",
        1,
        1,
        user(List.of(new UserProperty("$.on", "hot"))));

    assertEquals(1, store.appended().size());
  }

  @Test
  void beyondTheHeldBudgetEverythingHeldIsRefusedInOrder() {
    publishLarge(1);
    full(0);
    publishLarge(2);
    publishLarge(3);
    assertEquals(List.of(), client.reasons());
    assertTrue(client.isRead());

    publishLarge(4);

    assertEquals(
        List.of("1 QUOTA_EXCEEDED", "2 QUOTA_EXCEEDED", "3 QUOTA_EXCEEDED", "4 QUOTA_EXCEEDED"),
        client.reasons());
    assertTrue(client.isOpen());
  }

  @Test
  void afterARefusalTheClientPublishesOn() {
    publishLarge(1);
    full(0);
    for (int id = 2; id <= 4; id++) {
      publishLarge(id);
    }
    assertEquals(4, client.reasons().size());

    client.pass(300);
    publishLarge(5);
    store.answer(store.appended().size() - 1, AppendOutcome.DURABLE);

    assertEquals(List.of("5 SUCCESS"), client.reasons());
  }

  @Test
  void whatTheStoreIsJudgingIsRefusedOnlyIfItComesBack() {
    publishLarge(1);
    publishLarge(2);
    full(0);
    publishLarge(3);
    publishLarge(4);
    assertEquals(List.of("1 QUOTA_EXCEEDED"), client.reasons());

    full(1);

    assertEquals(
        List.of("2 QUOTA_EXCEEDED", "3 QUOTA_EXCEEDED", "4 QUOTA_EXCEEDED"), client.reasons());
  }

  @Test
  void theHubThatStopsSaysSo() {
    publish(ROUTED, 1, 1, PublishProperties.NONE);

    store.answer(0, AppendOutcome.CLOSED);

    assertEquals(Reason.SERVER_SHUTTING_DOWN, client.farewell());
  }

  /** The store has no room for an append, and the session has heard of it. */
  private void full(int append) {
    store.answer(append, AppendOutcome.FULL);
    assertTrue(client.isOpen());
  }

  private void publish(String topic, int qos, int id, PublishProperties properties) {
    client.send(EmbeddedClient.publishingFive(topic, qos, id, "x", properties));
  }

  private void publishLarge(int id) {
    client.send(
        EmbeddedClient.publishingFive(ROUTED, 1, id, "x".repeat(40_000), PublishProperties.NONE));
  }

  private static PublishProperties alias(int alias) {
    return new PublishProperties(false, -1, alias, null, null, null, List.of());
  }

  private static PublishProperties user(List<UserProperty> pairs) {
    return new PublishProperties(false, -1, 0, null, null, null, pairs);
  }
}
