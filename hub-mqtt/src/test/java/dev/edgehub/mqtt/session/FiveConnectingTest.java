package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.HeldStore;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.Services;
import dev.edgehub.mqtt.wire.ConnAckProperties;
import dev.edgehub.mqtt.wire.ConnectCode;
import dev.edgehub.mqtt.wire.ConnectProperties;
import dev.edgehub.mqtt.wire.Packet;
import dev.edgehub.mqtt.wire.PublishProperties;
import dev.edgehub.mqtt.wire.Reason;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** CONNECT of MQTT 5: what is agreed, what is refused, and how a connection ends. */
@ExtendWith(DefectWatch.class)
final class FiveConnectingTest {

  private static final String EVENTS = "devices/edge/modules/sensor/messages/events/";

  private final HeldStore store = new HeldStore();
  private final Services services =
      new Services(
          Config.of("limits.connections=3"), store, Manifests.of("FROM /* INTO $upstream"));
  private final EmbeddedClient client = new EmbeddedClient(services.get(), "edge/sensor");

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void announcesWhatIsOffered() {
    client.send(client.connectFive(true, ConnectProperties.NONE, null));

    Packet.ConnAck answer = connAck(client);
    assertEquals(ConnectCode.ACCEPTED, answer.code());
    ConnAckProperties said = properties(answer);
    assertEquals(1_000, said.receiveMaximum());
    assertEquals(16, said.topicAliasMaximum());
    assertEquals(services.get().maximumPacketSize(), said.maximumPacketSize());
    assertEquals(ConnAckProperties.UNSAID, said.serverKeepAliveSeconds());
    assertNull(said.assignedClientId());
    assertNull(said.reason());
  }

  @Test
  void assignsTheIdOfTheUserNameToAClientWithoutOne() {
    client.send(new Packet.Connect(5, "", Packets.userName("edge/sensor"), null, true, 60, null));

    assertEquals("edge/sensor", properties(connAck(client)).assignedClientId());
    assertTrue(services.get().directory().isConnected("edge/sensor"));
  }

  @Test
  void capsTheKeepAliveAndSaysSo() {
    for (int asked : new int[] {0, 401, 65_535}) {
      EmbeddedClient patient = new EmbeddedClient(services.get(), "edge/sensor");
      patient.send(
          new Packet.Connect(
              5, "edge/sensor", Packets.userName("edge/sensor"), null, true, asked, null));

      assertEquals(400, properties(connAck(patient)).serverKeepAliveSeconds());
      patient.pass(599_000);
      assertTrue(patient.isOpen());
      patient.pass(2_000);
      assertEquals(Reason.KEEP_ALIVE_TIMEOUT, patient.farewell());
    }
  }

  @Test
  void refusesEnhancedAuthentication() {
    client.send(
        client.connectFive(true, new ConnectProperties(0, 10, 1_000, true, "SCRAM-SHA-256"), null));

    assertEquals(ConnectCode.BAD_AUTHENTICATION_METHOD, connAck(client).code());
    assertFalse(client.isOpen());
  }

  @Test
  void refusesInWordsButTellsNobodyWhoIsKnown() {
    client.send(new Packet.Connect(5, "edge/sensor", "nonsense", null, true, 0, null));
    Packet.ConnAck badName = connAck(client);
    assertEquals(ConnectCode.BAD_USER_NAME, badName.code());
    assertTrue(("" + properties(badName).reason()).startsWith("expected a user name like"));

    EmbeddedClient other = new EmbeddedClient(services.get(), "edge/sensor");
    other.send(
        new Packet.Connect(5, "edge/other", Packets.userName("edge/sensor"), null, true, 0, null));
    Packet.ConnAck refused = connAck(other);
    assertEquals(ConnectCode.NOT_AUTHORIZED, refused.code());
    assertEquals("not authorized; the hub's log says why", properties(refused).reason());
  }

  @Test
  void refusesWithoutWordsForAClientThatWantsNone() {
    client.send(
        new Packet.Connect(
            5,
            "edge/sensor",
            "nonsense",
            null,
            true,
            0,
            null,
            new ConnectProperties(0, 10, 1_000, false, null)));

    assertNull(properties(connAck(client)).reason());
  }

  @Test
  void asksToComeBackWhenThereAreTooManyClients() {
    for (String id : List.of("a", "b", "c")) {
      EmbeddedClient.connectedFive(services.get(), id);
    }

    client.send(client.connectFive(true, ConnectProperties.NONE, null));

    assertEquals(ConnectCode.UNAVAILABLE, connAck(client).code());
  }

  @Test
  void refusesAWillThatIsRetained() {
    client.send(client.connectFive(true, ConnectProperties.NONE, will(1, true, 0)));

    assertEquals(ConnectCode.WILL_RETAIN_NOT_SUPPORTED, connAck(client).code());
    assertFalse(client.isOpen());
  }

  @Test
  void refusesAWillOfQosTwo() {
    client.send(client.connectFive(true, ConnectProperties.NONE, will(2, false, 0)));

    assertEquals(ConnectCode.WILL_QOS_NOT_SUPPORTED, connAck(client).code());
    assertEquals(0, services.get().directory().size());
  }

  @Test
  void refusesABadConnectWithItsReason() {
    client.send(new Packet.BadConnect(ConnectCode.PROTOCOL_ERROR, "twice"));

    assertEquals(ConnectCode.PROTOCOL_ERROR, connAck(client).code());
    assertFalse(client.isOpen());
  }

  @Test
  void aSecondConnectIsAProtocolError() {
    EmbeddedClient five = EmbeddedClient.connectedFive(services.get(), "edge/sensor");

    five.send(five.connectFive(true, ConnectProperties.NONE, null));

    assertEquals(Reason.PROTOCOL_ERROR, five.farewell());
  }

  @Test
  void aPacketOfEnhancedAuthenticationIsAProtocolError() {
    EmbeddedClient five = EmbeddedClient.connectedFive(services.get(), "edge/sensor");

    five.send(new Packet.Unexpected("AUTH"));

    assertEquals(Reason.PROTOCOL_ERROR, five.farewell());
  }

  @Test
  void aClientThatIsTakenOverIsTold() {
    EmbeddedClient older = EmbeddedClient.connectedFive(services.get(), "edge/sensor");

    EmbeddedClient newer = EmbeddedClient.connectedFive(services.get(), "edge/sensor");

    assertEquals(Reason.SESSION_TAKEN_OVER, older.farewell());
    assertTrue(newer.isOpen());
    assertEquals(1, services.get().directory().size());
  }

  @Test
  void aClientIsToldThatTheHubIsStopping() {
    EmbeddedClient five = EmbeddedClient.connectedFive(services.get(), "edge/sensor");
    EmbeddedClient three = EmbeddedClient.connected(services.get(), "edge/other");

    services.get().directory().hubIsStopping();

    assertEquals(Reason.SERVER_SHUTTING_DOWN, five.farewell());
    assertFalse(three.isOpen());
    assertNull(three.received());
  }

  @Test
  void aDisconnectWithWillPublishesIt() {
    client.send(client.connectFive(true, ConnectProperties.NONE, will(1, false, 0)));

    client.send(new Packet.Disconnect(Reason.DISCONNECT_WITH_WILL.code(), -1));

    assertEquals(List.of(1), store.appended());
  }

  @Test
  void aWillIsNotPublishedWhenItsClientComesBackInTime() {
    connectWithDelayedWill(60, 10);
    client.breakOff();
    EmbeddedClient again = new EmbeddedClient(services.get(), "edge/sensor");

    again.send(again.connectFor(false, 60));

    client.pass(20_000);
    assertEquals(List.of(), store.appended());
  }

  @Test
  void aWillIsNotPublishedWhenItsClientTakesItsOwnSessionOver() {
    connectWithDelayedWill(60, 10);
    EmbeddedClient again = new EmbeddedClient(services.get(), "edge/sensor");

    again.send(again.connectFor(false, 60));

    assertFalse(client.isOpen());
    client.pass(20_000);
    assertEquals(List.of(), store.appended());
  }

  @Test
  void aWillIsPublishedWhenItsSessionIsLeftBehind() {
    connectWithDelayedWill(60, 10);
    client.breakOff();
    EmbeddedClient again = new EmbeddedClient(services.get(), "edge/sensor");

    again.send(again.connectFor(true, 60));

    assertEquals(List.of(1), store.appended());
    client.pass(20_000);
    assertEquals(List.of(1), store.appended());
  }

  private void connectWithDelayedWill(long sessionSeconds, long delaySeconds) {
    client.send(
        client.connectFive(
            false,
            new ConnectProperties(sessionSeconds, 0xffff, Long.MAX_VALUE, true, null),
            will(1, false, delaySeconds)));
    client.received();
  }

  private static Packet.Will will(int qos, boolean retain, long delaySeconds) {
    return new Packet.Will(
        EVENTS, qos, new byte[] {1}, retain, delaySeconds, PublishProperties.NONE);
  }

  private static Packet.ConnAck connAck(EmbeddedClient client) {
    return (Packet.ConnAck) client.received();
  }

  private static ConnAckProperties properties(Packet.ConnAck answer) {
    ConnAckProperties properties = answer.properties();
    assertNotNull(properties);
    return properties;
  }
}
