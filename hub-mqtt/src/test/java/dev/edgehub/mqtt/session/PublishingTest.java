package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.config.HubConfig;
import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.HeldStore;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Services;
import dev.edgehub.mqtt.wire.Packet;
import dev.edgehub.store.AppendOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client's PUBLISH is answered with, and when. */
@ExtendWith(DefectWatch.class)
final class PublishingTest {

  private static final String ROUTED = "devices/edge/modules/sensor/messages/events/$.on=hot";
  private static final String UNROUTED = "devices/edge/modules/sensor/messages/events/$.on=cold";
  private static final HubConfig CONFIG =
      Config.of("limits.inFlightBytes=65536", "limits.heldBytes=65536", "limits.messageSize=50000");

  private final HeldStore store = new HeldStore();
  private final Services services =
      new Services(
          CONFIG, store, Manifests.of("FROM /messages/modules/sensor/outputs/hot INTO $upstream"));
  private final EmbeddedClient client = EmbeddedClient.connected(services.get(), "edge/sensor");

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void acknowledgesOnlyWhatIsDurable() {
    client.publish(ROUTED, 1, 7);

    assertEquals(List.of(), client.acknowledged());
    store.answer(0, AppendOutcome.DURABLE);
    assertEquals(List.of(7), client.acknowledged());
  }

  @Test
  void acknowledgesInTheOrderOfPublishing() {
    client.publish(ROUTED, 1, 1);
    client.publish(ROUTED, 1, 2);
    client.publish(ROUTED, 1, 3);

    store.answer(2, AppendOutcome.DURABLE);
    store.answer(1, AppendOutcome.DURABLE);
    assertEquals(List.of(), client.acknowledged());
    store.answer(0, AppendOutcome.DURABLE);
    assertEquals(List.of(1, 2, 3), client.acknowledged());
  }

  @Test
  void storesWhatCameInOneReadWithDisconnect() {
    client.send(EmbeddedClient.publishing(ROUTED, 0, 0, "x"), new Packet.Disconnect());

    assertFalse(client.isOpen());
    assertEquals(1, store.appended().size());
  }

  @Test
  void anUnroutedMessageWaitsForTheEarlierOnes() {
    client.publish(ROUTED, 1, 1);
    client.publish(UNROUTED, 1, 2);

    assertEquals(List.of(), client.acknowledged());
    assertEquals(1, store.appended().size());
    store.answer(0, AppendOutcome.DURABLE);
    assertEquals(List.of(1, 2), client.acknowledged());
  }

  @Test
  void anUnroutedMessageIsAcknowledgedAtOnce() {
    client.publish(UNROUTED, 1, 9);

    assertEquals(List.of(9), client.acknowledged());
    assertEquals(1, services.count("edgehub.messages.dropped"));
  }

  @Test
  void storesTheMessagesOfOneReadTogether() {
    client.send(
        EmbeddedClient.publishing(ROUTED, 1, 1, "a"),
        EmbeddedClient.publishing(UNROUTED, 1, 2, "b"),
        EmbeddedClient.publishing(ROUTED, 0, 0, "c"),
        EmbeddedClient.publishing(ROUTED, 1, 3, "d"));

    assertEquals(List.of(3), store.appended());
    store.answer(0, AppendOutcome.DURABLE);
    assertEquals(List.of(1, 2, 3), client.acknowledged());
  }

  @Test
  void storesQosZeroWithoutAnswering() {
    client.publish(ROUTED, 0, 0);

    store.answer(0, AppendOutcome.DURABLE);
    assertNull(client.received());
  }

  @Test
  void holdsPublishesWhileTheStoreIsFullAndResumesInOrder() {
    client.publish(ROUTED, 1, 1);
    store.answer(0, AppendOutcome.FULL);
    client.pass(1);
    client.publish(ROUTED, 1, 2);
    client.publish(UNROUTED, 1, 3);

    assertEquals(1, store.appended().size(), "nothing is tried before the time has come");
    client.pass(300);
    assertEquals(3, store.appended().size());
    store.answer(1, AppendOutcome.FULL);
    store.answer(2, AppendOutcome.FULL);
    client.pass(300);
    assertEquals(List.of(), client.acknowledged());
    store.answer(3, AppendOutcome.DURABLE);
    assertEquals(List.of(1), client.acknowledged());
    store.answer(4, AppendOutcome.DURABLE);
    assertEquals(List.of(2, 3), client.acknowledged());
  }

  @Test
  void goesOnReadingWhileTheStoreIsFull() {
    client.publish(ROUTED, 1, 1);
    store.answer(0, AppendOutcome.FULL);
    client.pass(1);

    client.send(new Packet.PubAck(3), new Packet.PingReq());

    assertTrue(client.isRead());
    assertEquals(new Packet.PingResp(), client.received());
    assertTrue(client.isOpen());
  }

  @Test
  void closesAClientThatUsesUpItsShareWhileTheStoreIsFull() {
    publishLarge(1);
    store.answer(0, AppendOutcome.FULL);
    client.pass(1);
    publishLarge(2);
    publishLarge(3);
    assertTrue(client.isOpen());
    publishLarge(4);

    assertFalse(client.isOpen());
    assertEquals(List.of(), client.acknowledged());
    assertEquals(4, services.count("edgehub.messages.unack"));
  }

  @Test
  void stopsReadingAClientThatIsAheadOfTheDisk() {
    publishLarge(1);
    assertTrue(client.isRead());
    publishLarge(2);
    assertFalse(client.isRead());

    store.answer(0, AppendOutcome.DURABLE);
    assertEquals(List.of(1), client.acknowledged());
    assertFalse(client.isRead(), "more than half is still in flight");
    store.answer(1, AppendOutcome.DURABLE);
    assertEquals(List.of(2), client.acknowledged());
    assertTrue(client.isRead());
  }

  @Test
  void closesWithoutAnsweringWhenTheStoreIsClosed() {
    client.publish(ROUTED, 1, 1);

    store.answer(0, AppendOutcome.CLOSED);

    assertEquals(List.of(), client.acknowledged());
    assertFalse(client.isOpen());
  }

  @Test
  void anAnswerThatComesAfterTheEndIsDropped() {
    client.publish(ROUTED, 1, 1);
    client.breakOff();

    store.answer(0, AppendOutcome.DURABLE);

    assertFalse(client.isOpen());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "devices/edge/modules/other/messages/events/",
        "devices/edge/messages/events/",
        "devices/leaf/messages/events/",
        "devices/edge/modules/sensor/inputs/in1/",
        "$other/twin/GET/?$rid=1",
        "plain"
      })
  void closesOnATopicThatIsNotTheClientsOwn(String topic) {
    client.publish(topic, 1, 1);

    assertFalse(client.isOpen());
    assertEquals(List.of(), store.appended());
    assertEquals(List.of(), client.acknowledged());
  }

  @Test
  void aTwinRequestIsAcknowledgedInItsTurnAndAnsweredWithAnErrorThatHasABody() {
    client.send(new Packet.Subscribe(1, List.of(new Packet.Subscription("$iothub/twin/res/#", 0))));
    client.received();
    client.publish(ROUTED, 1, 2);

    client.send(EmbeddedClient.publishing("$iothub/twin/GET/?$rid=r-1&$version=4", 1, 3, " "));

    Packet.Publish answer = (Packet.Publish) client.received();
    assertEquals("$iothub/twin/res/501/?$rid=r-1", answer.topic());
    assertEquals(0, answer.qos());
    assertTrue(
        new String(answer.payload(), StandardCharsets.UTF_8).startsWith("{\"errorCode\":501001,"));
    assertEquals(List.of(), client.acknowledged());
    store.answer(0, AppendOutcome.DURABLE);
    assertEquals(List.of(2, 3), client.acknowledged());
  }

  @Test
  void aTwinRequestIsNotAnsweredToOneThatDoesNotListen() {
    client.publish("$iothub/twin/PATCH/properties/reported/?$rid=1", 1, 3);

    assertEquals(List.of(3), client.acknowledged());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$iothub/methods/res/200/?$rid=99",
        "$iothub/twin/GET/",
        "$iothub/twin/GET/?$rid=",
        "$iothub/twin/GIVE/?$rid=1",
      })
  void serviceTopicsWithoutAnAnswerAreAcknowledgedAndIgnored(String topic) {
    client.publish(topic, 1, 4);

    assertEquals(List.of(4), client.acknowledged());
    assertTrue(client.isOpen());
  }

  @Test
  void closesOnQosTwoBeforeStoring() {
    client.publish(ROUTED, 2, 1);

    assertFalse(client.isOpen());
    assertEquals(List.of(), store.appended());
  }

  @Test
  void closesOnAMessageThatIsTooLarge() {
    client.send(EmbeddedClient.publishing(ROUTED, 1, 1, "x".repeat(50_001)));

    assertFalse(client.isOpen());
    assertEquals(List.of(), store.appended());
  }

  private void publishLarge(int packetId) {
    client.send(EmbeddedClient.publishing(ROUTED, 1, packetId, "x".repeat(40_000)));
  }
}
