package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.HeldStore;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Services;
import dev.edgehub.mqtt.wire.ConnectCode;
import dev.edgehub.mqtt.wire.Packet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT, keep-alive, the will, and the ways a connection ends. */
@ExtendWith(DefectWatch.class)
final class ConnectingTest {

  private static final Packet.Will WILL =
      new Packet.Will(
          "devices/edge/modules/sensor/messages/events/",
          "gone".getBytes(StandardCharsets.UTF_8),
          false);

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
  void answersWithWhetherThereWasASession() {
    client.send(client.connect(false, 0, null));
    assertEquals(accepted(false), client.received());

    EmbeddedClient again = new EmbeddedClient(services.get(), "edge/sensor");
    again.send(again.connect(false, 0, null));
    assertEquals(accepted(true), again.received());

    EmbeddedClient clean = new EmbeddedClient(services.get(), "edge/sensor");
    clean.send(clean.connect(true, 0, null));
    assertEquals(accepted(false), clean.received());

    EmbeddedClient afterClean = new EmbeddedClient(services.get(), "edge/sensor");
    afterClean.send(afterClean.connect(false, 0, null));
    assertEquals(accepted(false), afterClean.received());
  }

  @Test
  void closesOnASecondConnect() {
    client.send(client.connect(false, 0, null));
    client.send(client.connect(false, 0, null));

    assertEquals(accepted(false), client.received());
    assertNull(client.received());
    assertFalse(client.isOpen());
  }

  @Test
  void closesWhenAnythingElseComesFirst() {
    client.send(new Packet.PingReq(), client.connect(false, 0, null));

    assertNull(client.received());
    assertFalse(client.isOpen());
  }

  @Test
  void closesWhenNoConnectComesInTime() {
    client.pass(4_900);
    assertTrue(client.isOpen());
    client.pass(200);
    assertFalse(client.isOpen());
  }

  @Test
  void staysOpenAfterConnectInTime() {
    client.send(client.connect(false, 0, null));

    client.pass(100_000);

    assertTrue(client.isOpen());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6})
  void refusesOtherVersions(int level) {
    client.send(new Packet.Connect(level, "edge/sensor", "u", null, true, 0, null));

    Packet.ConnAck answer = (Packet.ConnAck) client.received();
    assertEquals(ConnectCode.UNSUPPORTED_VERSION, answer.code());
    assertEquals(level, answer.level());
    assertFalse(client.isOpen());
  }

  @Test
  void refusesWithTheAuthenticatorsCode() {
    client.send(
        new Packet.Connect(4, "edge/other", "h/edge/x/?api-version=1", null, true, 0, null));

    assertEquals(new Packet.ConnAck(4, ConnectCode.NOT_AUTHORIZED, false), client.received());
    assertFalse(client.isOpen());
    assertEquals(1, services.count("edgehub.client.connect.failed"));
  }

  @Test
  void ignoresWhatFollowsARefusedConnect() {
    client.send(
        new Packet.Connect(4, "", null, null, true, 0, null),
        EmbeddedClient.publishing(WILL.topic(), 1, 1, "x"),
        new Packet.PingReq());

    assertEquals(new Packet.ConnAck(4, ConnectCode.BAD_CLIENT_ID, false), client.received());
    assertNull(client.received());
    assertEquals(List.of(), store.appended());
  }

  @Test
  void asksToComeBackWhenThereAreTooManyClients() {
    EmbeddedClient.connected(services.get(), "a");
    EmbeddedClient.connected(services.get(), "b");
    EmbeddedClient third = EmbeddedClient.connected(services.get(), "c");

    client.send(client.connect(false, 0, null));
    assertEquals(new Packet.ConnAck(4, ConnectCode.UNAVAILABLE, false), client.received());

    third.breakOff();
    EmbeddedClient.connected(services.get(), "d");
  }

  @Test
  void aClientThatIsConnectedMayConnectAgainWhenAllPlacesAreTaken() {
    EmbeddedClient.connected(services.get(), "a");
    EmbeddedClient.connected(services.get(), "b");
    EmbeddedClient.connected(services.get(), "c");

    EmbeddedClient.connected(services.get(), "c");

    assertEquals(3, services.get().directory().size());
  }

  @Test
  void aNewerConnectionEndsTheOlderOne() {
    EmbeddedClient older = EmbeddedClient.connected(services.get(), "edge/sensor");

    EmbeddedClient newer = EmbeddedClient.connected(services.get(), "edge/sensor");

    assertFalse(older.isOpen());
    assertTrue(newer.isOpen());
    assertEquals(1, services.get().directory().size());
  }

  @Test
  void closesAfterOneAndAHalfKeepAlives() {
    client.send(client.connect(false, 10, null));
    client.pass(14_000);
    client.send(new Packet.PingReq());

    client.pass(14_000);
    assertTrue(client.isOpen());
    client.pass(2_000);
    assertFalse(client.isOpen());
  }

  @Test
  void closesASilentClientWithoutKeepAliveAfterTenMinutes() {
    client.send(client.connect(false, 0, null));

    client.pass(599_000);
    assertTrue(client.isOpen());
    client.pass(2_000);
    assertFalse(client.isOpen());
  }

  @Test
  void waitsForNoKeepAliveLongerThanIotHubDoes() {
    client.send(client.connect(false, 65_535, null));

    client.pass(1_766_000);
    assertTrue(client.isOpen());
    client.pass(2_000);
    assertFalse(client.isOpen());
  }

  @Test
  void publishesTheWillOnAnUncleanEnd() {
    client.send(client.connect(false, 0, WILL));
    assertEquals(List.of(), store.appended());

    client.breakOff();

    assertEquals(List.of(1), store.appended());
  }

  @Test
  void publishesTheWillOnTakeoverAndOnTimeout() {
    client.send(client.connect(false, 10, WILL));

    EmbeddedClient newer = new EmbeddedClient(services.get(), "edge/sensor");
    newer.send(newer.connect(false, 10, WILL));
    assertFalse(client.isOpen());
    assertEquals(List.of(1), store.appended());
    newer.pass(16_000);
    assertFalse(newer.isOpen());
    assertEquals(List.of(1, 1), store.appended());
  }

  @Test
  void dropsTheWillOnDisconnect() {
    client.send(client.connect(false, 0, WILL));

    client.send(new Packet.Disconnect());

    assertFalse(client.isOpen());
    assertEquals(List.of(), store.appended());
  }

  @Test
  void refusesAWillOnAForeignTopic() {
    Packet.Will foreign =
        new Packet.Will("devices/edge/modules/other/messages/events/", new byte[0], false);

    client.send(client.connect(false, 0, foreign));

    assertEquals(new Packet.ConnAck(4, ConnectCode.NOT_AUTHORIZED, false), client.received());
    assertEquals(0, services.get().directory().size());
  }

  @Test
  void closesOnAPacketThatClientsDoNotSend() {
    client.send(client.connect(false, 0, null), new Packet.Unexpected("SUBACK"));

    assertFalse(client.isOpen());
  }

  @Test
  void ignoresAPubAckOfAnUnknownId() {
    client.send(client.connect(false, 0, null), new Packet.PubAck(77));

    assertTrue(client.isOpen());
  }

  private static Packet accepted(boolean present) {
    return new Packet.ConnAck(4, ConnectCode.ACCEPTED, present);
  }
}
