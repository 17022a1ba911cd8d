package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.message.Identity;
import dev.edgehub.message.SinkId;
import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.HeldStore;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Services;
import dev.edgehub.mqtt.wire.Packet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SUBSCRIBE, its answer, and what outlives the connection. */
@ExtendWith(DefectWatch.class)
final class SubscribingTest {

  private static final String INPUTS = "devices/edge/modules/filter/inputs/#";
  private static final Identity.Module FILTER = new Identity.Module("edge", "filter");
  private static final SinkId.ModuleInput IN1 = new SinkId.ModuleInput("filter", "in1");

  private final HeldStore store = new HeldStore();
  private final Services services =
      new Services(Config.of("limits.subscriptions=3"), store, Manifests.of());
  private final EmbeddedClient client = EmbeddedClient.connected(services.get(), "edge/filter");

  @AfterEach
  void close() {
    services.close();
  }

  @ParameterizedTest
  @CsvSource({
    "devices/edge/modules/filter/inputs/#, 1, 1",
    "devices/edge/modules/filter/inputs/#, 0, 0",
    "devices/edge/modules/filter/inputs/#, 2, 1",
    "devices/edge/modules/filter/#, 1, 1",
    "devices/edge/modules/filter/inputs/in1/#, 1, 1",
    "devices/edge/modules/filter/inputs/+/#, 1, 1",
    "devices/edge/modules/other/inputs/#, 1, 128",
    "devices/edge/modules/+/inputs/#, 1, 128",
    "devices/leaf/messages/devicebound/#, 1, 128",
    "$iothub/twin/res/#, 0, 0",
    "$iothub/twin/PATCH/properties/desired/#, 1, 1",
    "$iothub/methods/POST/#, 1, 1",
    "devices/edge/messages/devicebound/#, 1, 128",
    "$iothub/twin/GET/#, 1, 128",
    "$iothub/#, 1, 128",
    "#, 1, 128",
    "devices/#, 1, 128",
    "devices/edge/modules/filter/inputs/#/x, 1, 128",
    "$SYS/#, 1, 128",
  })
  void grantsWhatCanDeliverAndRefusesTheRest(String filter, int qos, int granted) {
    subscribe(client, 5, filter, qos);

    assertEquals(new Packet.SubAck(5, List.of(granted)), client.received());
  }

  @Test
  void answersEachFilterOfAPacket() {
    client.send(
        new Packet.Subscribe(
            6, List.of(new Packet.Subscription(INPUTS, 1), new Packet.Subscription("foreign", 1))));

    assertEquals(new Packet.SubAck(6, List.of(1, 0x80)), client.received());
  }

  @Test
  void aDeviceMaySubscribeToMessagesForIt() {
    EmbeddedClient leaf = EmbeddedClient.connected(services.get(), "leaf");

    subscribe(leaf, 1, "devices/leaf/messages/devicebound/#", 1);

    assertEquals(new Packet.SubAck(1, List.of(1)), leaf.received());
    subscribe(leaf, 2, "devices/other/messages/devicebound/#", 1);
    assertEquals(new Packet.SubAck(2, List.of(0x80)), leaf.received());
  }

  @Test
  void aFilterAgainIsNoFurtherOne() {
    for (int i = 0; i < 4; i++) {
      subscribe(client, 1 + i, INPUTS, 1);
      assertEquals(new Packet.SubAck(1 + i, List.of(1)), client.received());
    }
  }

  @Test
  void filtersOfTwinsAndMethodsAreKeptInTheSession() {
    subscribe(client, 1, "$iothub/methods/POST/#", 0);
    client.received();

    Subscriptions found = stored(new StoredSessions(store.documents(), () -> 0));

    assertTrue(found.contains("$iothub/methods/POST/#"));
  }

  @Test
  void refusesMoreFiltersThanTheLimit() {
    for (int i = 0; i < 3; i++) {
      subscribe(client, 1 + i, "devices/edge/modules/filter/inputs/in" + i + "/#", 1);
      assertEquals(new Packet.SubAck(1 + i, List.of(1)), client.received());
    }

    subscribe(client, 9, INPUTS, 1);

    assertEquals(new Packet.SubAck(9, List.of(0x80)), client.received());
  }

  @Test
  void answersOnlyWhenTheSessionIsDurable() {
    store.holdDocuments();
    subscribe(client, 5, INPUTS, 1);
    assertNull(client.received());

    store.releaseDocuments();

    assertEquals(new Packet.SubAck(5, List.of(1)), client.received());
  }

  @Test
  void answersUnsubscribeOnlyWhenTheSessionIsDurable() {
    subscribe(client, 5, INPUTS, 1);
    client.received();
    store.holdDocuments();
    client.send(new Packet.Unsubscribe(6, List.of(INPUTS, "never had")));
    assertNull(client.received());

    store.releaseDocuments();

    assertEquals(new Packet.UnsubAck(6), client.received());
    assertEquals(-1, stored(new StoredSessions(store.documents(), () -> 0)).qosOf(FILTER, IN1));
  }

  @Test
  void aCleanSessionIsAnsweredAtOnceAndNotStored() {
    EmbeddedClient clean = new EmbeddedClient(services.get(), "edge/filter");
    clean.send(clean.connect(true, 0, null));
    clean.received();
    store.holdDocuments();

    subscribe(clean, 5, INPUTS, 1);

    assertEquals(new Packet.SubAck(5, List.of(1)), clean.received());
    store.releaseDocuments();
    assertNull(new StoredSessions(store.documents(), () -> 0).find(FILTER));
  }

  @Test
  void theNextRunFindsTheSubscriptions() {
    subscribe(client, 5, INPUTS, 1);
    subscribe(client, 6, "devices/edge/modules/filter/inputs/in2/#", 0);

    Subscriptions found = stored(new StoredSessions(store.documents(), () -> 0));

    assertEquals(2, found.size());
    assertEquals(1, found.qosOf(FILTER, IN1));
  }

  @Test
  void theBestQosOfAllMatchingFiltersCounts() {
    subscribe(client, 5, INPUTS, 0);
    subscribe(client, 6, "devices/edge/modules/filter/inputs/in2/#", 1);

    Subscriptions found = stored(services.get().sessions());

    assertEquals(0, found.qosOf(FILTER, IN1));
    assertEquals(1, found.qosOf(FILTER, new SinkId.ModuleInput("filter", "in2")));
  }

  @Test
  void passesOverStoredLinesThatAreNoFilter() {
    Subscriptions read = Subscriptions.fromText("1 a/b\n\nx\n0 a/#/b\n1 c/#\n");

    assertEquals(List.of("a/b", "c/#"), List.copyOf(read.filters().keySet()));
    assertEquals("1 a/b\n1 c/#\n", read.toText());
  }

  private static Subscriptions stored(StoredSessions sessions) {
    return Objects.requireNonNull(sessions.find(FILTER));
  }

  private static void subscribe(EmbeddedClient client, int id, String filter, int qos) {
    client.send(new Packet.Subscribe(id, List.of(new Packet.Subscription(filter, qos))));
  }
}
