package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.HeldStore;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Services;
import dev.edgehub.mqtt.wire.Packet;
import dev.edgehub.mqtt.wire.Reason;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SUBSCRIBE, UNSUBSCRIBE and the life of a session in MQTT 5. */
@ExtendWith(DefectWatch.class)
final class FiveSubscribingTest {

  private static final String INPUTS = "devices/edge/modules/filter/inputs/#";

  private final HeldStore store = new HeldStore();
  private final Services services =
      new Services(Config.of("limits.subscriptions=2"), store, Manifests.of());
  private final EmbeddedClient client = new EmbeddedClient(services.get(), "edge/filter");

  @AfterEach
  void close() {
    services.close();
  }

  @ParameterizedTest
  @CsvSource({
    "devices/edge/modules/filter/inputs/#, 2, 01",
    "$iothub/twin/res/#, 0, 00",
    "devices/edge/modules/other/inputs/#, 1, 87",
    "plain/#, 1, 87",
    "a/#/b, 1, 8f",
    "$share/group/devices/edge/modules/filter/inputs/#, 1, 9e",
  })
  void answersEachFilterWithItsReason(String filter, int qos, String code) {
    connect(60);

    subscribe(1, qos, filter);

    assertEquals(new Packet.SubAck(5, 1, List.of(Integer.parseInt(code, 16))), client.received());
  }

  @Test
  void refusesASubscriptionIdentifier() {
    connect(60);

    client.send(new Packet.Subscribe(1, List.of(new Packet.Subscription(INPUTS, 1)), true));

    assertEquals(new Packet.SubAck(5, 1, List.of(0xa1)), client.received());
  }

  @Test
  void refusesMoreFiltersThanTheLimitAsBeyondTheQuota() {
    connect(60);
    subscribe(1, 1, INPUTS);
    subscribe(2, 1, "$iothub/methods/POST/#");
    subscribe(3, 1, "$iothub/twin/res/#");

    client.received();
    client.received();
    assertEquals(new Packet.SubAck(5, 3, List.of(0x97)), client.received());
  }

  @Test
  void unsubscribeSaysWhetherThereWasASubscription() {
    connect(60);
    subscribe(1, 1, INPUTS);
    client.received();

    client.send(new Packet.Unsubscribe(2, List.of(INPUTS, "never had")));

    assertEquals(new Packet.UnsubAck(5, 2, List.of(0x00, 0x11)), client.received());
  }

  @Test
  void aSessionWithExpiryIsThereAgain() {
    connect(60);
    subscribe(1, 1, INPUTS);
    client.received();
    client.send(new Packet.Disconnect());

    EmbeddedClient again = new EmbeddedClient(services.get(), "edge/filter");
    again.send(again.connectFor(false, 60));

    assertTrue(((Packet.ConnAck) again.received()).sessionPresent());
  }

  @Test
  void aDisconnectThatEndsTheSessionEndsIt() {
    connect(60);
    subscribe(1, 1, INPUTS);
    client.received();
    client.send(new Packet.Disconnect(0, 0));

    EmbeddedClient again = new EmbeddedClient(services.get(), "edge/filter");
    again.send(again.connectFor(false, 60));

    assertFalse(((Packet.ConnAck) again.received()).sessionPresent());
  }

  @Test
  void aDisconnectCannotKeepASessionThatWasToEnd() {
    connect(0);

    client.send(new Packet.Disconnect(0, 60));

    assertEquals(Reason.PROTOCOL_ERROR, client.farewell());
  }

  @Test
  void aSessionOfMqtt5IsTakenUpByMqtt311() {
    connect(60);
    subscribe(1, 1, INPUTS);
    client.received();

    EmbeddedClient older = new EmbeddedClient(services.get(), "edge/filter");
    older.send(older.connect(false, 0, null));

    assertTrue(((Packet.ConnAck) older.received()).sessionPresent());
    assertEquals(Reason.SESSION_TAKEN_OVER, client.farewell());
  }

  private void connect(long expirySeconds) {
    client.send(client.connectFor(true, expirySeconds));
    client.received();
  }

  private void subscribe(int id, int qos, String filter) {
    client.send(new Packet.Subscribe(id, List.of(new Packet.Subscription(filter, qos))));
  }
}
