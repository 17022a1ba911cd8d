package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.LoopbackHub;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sessions over real sockets with raw bytes: what the hub sends to modules, and when. */
@Timeout(60)
@ExtendWith(DefectWatch.class)
final class DeliveringTest {

  private static final String EVENTS = "devices/edge/modules/sensor/messages/events/";
  private static final String INPUTS = "devices/edge/modules/filter/inputs/#";

  @TempDir Path directory;
  private LoopbackHub hub;
  private WirePeer sensor;

  @BeforeEach
  void start() {
    hub =
        new LoopbackHub(
            directory,
            Manifests.of(Manifests.route("sensor", "filter", "in1")),
            "delivery.moduleWindow=8");
    sensor = WirePeer.connected(hub.port(), "edge/sensor");
  }

  @AfterEach
  void stop() {
    sensor.close();
    hub.close();
  }

  @Test
  void deliversWithTheSendersIdsAndProperties() {
    WirePeer filter = filter();

    sensor.publish(EVENTS + "$.on=o&$.mid=m1&k%20y=v/1/", 1, "hello");

    WirePeer.Received received = filter.receive();
    assertEquals("hello", received.payload());
    assertEquals(1, received.qos());
    assertFalse(received.duplicate());
    assertTrue(
        received
            .topic()
            .startsWith(
                "devices/edge/modules/filter/inputs/in1/"
                    + "%24.cdid=edge&%24.cmid=sensor&%24.mid=m1&k%20y=v%2F1&edgeMessageId="),
        received.topic());
  }

  @Test
  void sendsNoMoreThanTheWindowAndUsesEachIdOnce() {
    WirePeer filter = filter();
    publishAll(0, 20);

    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      ids.add(filter.receive().packetId());
    }
    filter.send(Packets.pingReq());

    assertEquals(13, filter.receive().type(), "nothing but PINGRESP while the window is full");
    assertEquals(8, ids.stream().distinct().count());
    ids.forEach(id -> filter.send(Packets.pubAck(id)));
    assertEquals(texts(8, 20), filter.take(12));
    Await.until("everything confirmed", () -> hub.depth() == 0);
  }

  @Test
  void whatWasNotAcknowledgedIsSentAgainAsADuplicate() {
    WirePeer first = filter();
    publishAll(0, 3);
    WirePeer.Received sent = first.receive();
    first.receive();
    first.receive();
    first.close();

    WirePeer second = WirePeer.connected(hub.port(), "edge/filter");
    WirePeer.Received again = second.receive();

    assertTrue(again.duplicate());
    assertEquals(sent.topic(), again.topic(), "the id of the message included");
    assertEquals("0", again.payload());
    second.send(Packets.pubAck(again.packetId()));
    assertEquals(texts(1, 3), second.take(2));
  }

  @Test
  void feedsARestoredSessionWithoutASubscribe() {
    filter().close();
    publishAll(0, 3);

    WirePeer again = new WirePeer(hub.port());
    again.send(Packets.connect("edge/filter", false, 0));

    assertEquals("20 0100", again.receive().toString());
    assertEquals(texts(0, 3), again.take(3));
  }

  @Test
  void aCleanSessionForgetsTheSubscriptionsButNotTheMessages() {
    filter().close();
    publishAll(0, 2);
    WirePeer clean = new WirePeer(hub.port());
    clean.send(Packets.connect("edge/filter", true, 0));
    assertEquals("20 0000", clean.receive().toString());

    clean.send(Packets.pingReq());
    assertEquals(13, clean.receive().type(), "no delivery without a subscription");
    clean.subscribe(INPUTS, 1);

    assertEquals(texts(0, 2), clean.take(2));
  }

  @Test
  void takeoverClosesTheOlderConnectionAndLosesNothing() {
    WirePeer older = filter();
    publishAll(0, 5);
    for (int i = 0; i < 5; i++) {
      older.receive();
    }

    WirePeer newer = WirePeer.connected(hub.port(), "edge/filter");

    assertTrue(older.isClosedByHub());
    assertEquals(texts(0, 5), newer.take(5));
    publishAll(5, 8);
    assertEquals(texts(5, 8), newer.take(3));
  }

  @Test
  void ignoresAcknowledgementsOfAnEarlierConnection() {
    WirePeer older = filter();
    publishAll(0, 1);
    int id = older.receive().packetId();
    older.close();

    WirePeer newer = new WirePeer(hub.port());
    newer.send(Packets.connect("edge/filter", false, 0), Packets.pubAck(id + 1_000));

    assertEquals("20 0100", newer.receive().toString());
    assertEquals(List.of("0"), newer.take(1));
  }

  @Test
  void deliversToASubscriptionOfQosZeroWithoutWaiting() {
    WirePeer filter = WirePeer.connected(hub.port(), "edge/filter");
    filter.subscribe(INPUTS, 0);

    publishAll(0, 20);

    assertEquals(texts(0, 20), filter.take(20));
    Await.until("everything confirmed", () -> hub.depth() == 0);
  }

  @Test
  void keepsWhatNobodyListensTo() {
    WirePeer filter = WirePeer.connected(hub.port(), "edge/filter");
    filter.subscribe("devices/edge/modules/filter/inputs/other/#", 1);
    publishAll(0, 2);
    filter.send(Packets.pingReq());
    assertEquals(13, filter.receive().type());
    assertEquals(2, hub.depth());

    filter.subscribe("devices/edge/modules/filter/inputs/in1/#", 1);

    assertEquals(texts(0, 2), filter.take(2));
  }

  @Test
  void stopsDeliveringAfterUnsubscribe() {
    WirePeer filter = filter();
    filter.send(Packets.unsubscribe(5, INPUTS));
    assertEquals(11, filter.receive().type());

    publishAll(0, 1);
    filter.send(Packets.pingReq());

    assertEquals(13, filter.receive().type());
    assertEquals(1, hub.depth());
  }

  @Test
  void aModuleOfAnotherDeviceIsNotFedOurMessages() {
    WirePeer stranger = WirePeer.connected(hub.port(), "other/filter");
    stranger.subscribe("devices/other/modules/filter/inputs/#", 1);

    publishAll(0, 1);
    stranger.send(Packets.pingReq());

    assertEquals(13, stranger.receive().type());
    assertEquals(1, hub.depth());
  }

  @Test
  void omitsEmptyValuesForTheJavaSdkOnly() {
    WirePeer java = new WirePeer(hub.port());
    String user =
        Packets.userName("edge/filter")
            + "&DeviceClientType=com.microsoft.azure.sdk.iot.iot-device-client%2F2.5.0%20%2817%29";
    java.send(Packets.connect(4, "MQTT", "edge/filter", user, false, 0, null, null));
    java.receive();
    java.subscribe(INPUTS, 1);
    sensor.publish(EVENTS + "a=&b&c=1", 1, "x");

    String forJava = java.receive().topic();
    java.close();
    WirePeer other = WirePeer.connected(hub.port(), "edge/filter");
    String forOthers = other.receive().topic();

    assertTrue(forJava.contains("%24.cmid=sensor&c=1&edgeMessageId"), forJava);
    assertTrue(forOthers.contains("%24.cmid=sensor&a=&b&c=1&edgeMessageId"), forOthers);
  }

  @Test
  void aClientThatDoesNotReadIsFedLater() {
    WirePeer filter = WirePeer.connected(hub.port(), "edge/filter");
    filter.subscribe(INPUTS, 0);
    String large = "x".repeat(100_000);
    for (int i = 0; i < 100; i++) {
      sensor.publish(EVENTS, 1 + i, i + large);
    }

    List<String> taken = filter.take(100);

    assertEquals(IntStream.range(0, 100).mapToObj(i -> i + large).toList(), taken);
  }

  @Test
  void storesWhatCameInTheSameReadAsDisconnect() {
    WirePeer brief = new WirePeer(hub.port());

    brief.send(
        Packets.connect("edge/sensor", true, 0),
        Packets.publish(EVENTS, 0, 0, "last"),
        Packets.disconnect());

    assertTrue(brief.isClosedByHub());
    assertEquals(List.of("last"), filter().take(1));
  }

  @Test
  void keepsWhatCameBeforeABreachOfTheRules() {
    sensor.send(
        Packets.publish(EVENTS, 1, 1, "kept"),
        Packets.publish("devices/edge/modules/other/messages/events/", 1, 2, "foreign"),
        Packets.publish(EVENTS, 1, 3, "after"));

    assertTrue(sensor.isClosedByHub());
    WirePeer filter = filter();
    assertEquals(List.of("kept"), filter.take(1));
    filter.send(Packets.pingReq());
    assertEquals(13, filter.receive().type());
  }

  @Test
  void deliversTheWillToItsRoute() {
    WirePeer filter = filter();
    WirePeer mortal = new WirePeer(hub.port());
    String user = Packets.userName("edge/sensor");
    mortal.send(Packets.connect(4, "MQTT", "edge/sensor", user, true, 0, EVENTS + "a=1", "gone"));
    mortal.receive();

    mortal.close();

    WirePeer.Received will = filter.receive();
    assertEquals("gone", will.payload());
    assertTrue(will.topic().contains("&a=1&MessageType=Will&"), will.topic());
  }

  @Test
  void idsDifferBetweenMessages() {
    WirePeer filter = filter();
    publishAll(0, 2);

    assertNotEquals(filter.receive().topic(), filter.receive().topic());
  }

  private WirePeer filter() {
    WirePeer filter = WirePeer.connected(hub.port(), "edge/filter");
    filter.subscribe(INPUTS, 1);
    return filter;
  }

  private void publishAll(int from, int to) {
    for (int i = from; i < to; i++) {
      sensor.publish(EVENTS, 1 + i, "" + i);
    }
  }

  private static List<String> texts(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }
}
