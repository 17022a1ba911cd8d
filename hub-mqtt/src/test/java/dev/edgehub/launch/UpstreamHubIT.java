package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Cable;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Mosquitto;
import dev.edgehub.mqtt.testing.StockClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An edge hub whose upstream is another hub, over a cable that the test cuts. */
@Timeout(90)
@ExtendWith(DefectWatch.class)
final class UpstreamHubIT {

  private static final String SENSOR = "devices/edge/modules/sensor/messages/events/";
  private static final int WINDOW = 16;

  @TempDir Path directory;
  private LiveHub parent;
  private LiveHub edge;
  private Cable cable;
  private StockClient cloud;
  private StockClient sensor;

  @BeforeEach
  void start() throws Exception {
    parent =
        LiveHub.start(
            Files.createDirectory(directory.resolve("parent")),
            Manifests.of("FROM /messages/* INTO BrokeredEndpoint(\"/modules/cloud/inputs/all\")"),
            "deviceId=parent");
    cable = new Cable(parent.port());
    edge = edge(cable.port());
    cloud = StockClient.Maker.HIVEMQ.connect(parent.port(), "parent/cloud");
    cloud.subscribe("devices/parent/modules/cloud/inputs/#");
    sensor = StockClient.Maker.HIVEMQ.connect(edge.port(), "edge/sensor");
  }

  private LiveHub edge(int upstreamPort) throws Exception {
    return LiveHub.start(
        Files.createDirectory(directory.resolve("edge" + upstreamPort)),
        Manifests.of("FROM /messages/* INTO $upstream", Manifests.route("sensor", "filter", "in1")),
        "upstream.type=hub",
        "upstream.host=127.0.0.1",
        "upstream.port=" + upstreamPort,
        "upstream.tls=false",
        "delivery.upstreamWindow=" + WINDOW);
  }

  @AfterEach
  void stop() {
    sensor.close();
    cloud.close();
    edge.close();
    cable.close();
    parent.close();
  }

  @Test
  void idsAndPropertiesArriveIntact() {
    sensor.publish(SENSOR + "%24.on=out&%24.mid=m%201&%24.ct=application%2Fjson&k%20y=v%2F1", "x");
    try (StockClient leaf = StockClient.Maker.PAHO.connect(edge.port(), "leaf")) {
      leaf.publish("devices/leaf/messages/events/p=v", "y");
    }

    assertEquals(List.of("x", "y"), cloud.await(2).stream().sorted().toList());
    List<String> topics =
        cloud.received().stream().map(StockClient.Message::topic).sorted().toList();
    assertTrue(
        topics
            .get(0)
            .startsWith(
                "devices/parent/modules/cloud/inputs/all/%24.cdid=edge&%24.cmid=sensor"
                    + "&%24.mid=m%201&%24.ct=application%2Fjson&k%20y=v%2F1&edgeMessageId="),
        topics.get(0));
    assertTrue(topics.get(1).contains("/all/%24.cdid=leaf&p=v&edgeMessageId="), topics.get(1));
  }

  @Test
  void theEdgesMessageIdIsTheOneThatArrives() {
    try (StockClient filter = StockClient.Maker.HIVEMQ.connect(edge.port(), "edge/filter")) {
      filter.subscribe("devices/edge/modules/filter/inputs/#");
      sensor.publish(SENSOR, "x");
      filter.await(1);
      cloud.await(1);

      assertEquals(messageId(filter.received().get(0)), messageId(cloud.received().get(0)));
    }
  }

  @Test
  void messagesWaitWhileTheParentIsAway() {
    publish(0, 10);
    cloud.await(10);
    cloud.close();
    parent.stop();

    publish(10, 60);
    Await.until("waiting", () -> upstream("state").equals("waiting"));
    assertEquals(50, edge.depth("upstream"));
    parent.startAgain();
    cloud = StockClient.Maker.HIVEMQ.connect(parent.port(), "parent/cloud");

    Await.until(
        () -> "all of them, found " + cloud.received().size(),
        () -> firstSeen(cloud).containsAll(texts(10, 60)));
    assertEquals(texts(10, 60), firstSeen(cloud).stream().filter(texts(10, 60)::contains).toList());
    Await.until("all confirmed", () -> edge.depth("upstream") == 0);
    assertEquals("connected", upstream("state"));
  }

  @Test
  void cutsRepeatNoMoreThanTheWindowAndLoseNothing() {
    int cuts = 5;
    int sent = 0;
    for (int cut = 0; cut < cuts; cut++) {
      publish(sent, sent + 40);
      sent += 40;
      cable.cut();
    }
    publish(sent, sent + 40);
    List<String> all = texts(0, sent + 40);

    Await.until(
        () -> all.size() + " messages, found " + cloud.received().size(),
        () -> firstSeen(cloud).containsAll(all));
    Await.until("all confirmed", () -> edge.depth("upstream") == 0);

    Map<String, Set<String>> ids = new HashMap<>();
    for (StockClient.Message message : cloud.received()) {
      ids.computeIfAbsent(message.payload(), payload -> new HashSet<>()).add(messageId(message));
    }
    ids.forEach((payload, of) -> assertEquals(1, of.size(), () -> payload + " has ids " + of));
    int repeats = cloud.received().size() - all.size();
    assertTrue(repeats <= cuts * WINDOW, () -> repeats + " repeats of " + cuts + " cuts");
    assertEquals(all, new ArrayList<>(firstSeen(cloud)));
  }

  @Test
  void anUpstreamThatRefusesDoesNotStopLocalDelivery() throws Exception {
    try (LiveHub alone = edge(Mosquitto.freePort())) {
      deliversLocally(alone);

      assertTrue(alone.depth("upstream") >= 1);
      Await.until(
          "waiting", () -> alone.fetch("/api/upstream").body().contains("\"state\":\"waiting\""));
    }
  }

  @Test
  void anUpstreamThatNeverAnswersDoesNotStopLocalDelivery() throws Exception {
    try (Cable nothing = Cable.toNothing();
        LiveHub alone = edge(nothing.port())) {
      deliversLocally(alone);

      assertTrue(alone.depth("upstream") >= 1);
    }
  }

  private static void deliversLocally(LiveHub hub) {
    try (StockClient filter = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/filter");
        StockClient sender = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/sensor")) {
      filter.subscribe("devices/edge/modules/filter/inputs/#");
      sender.publish(SENSOR, "local");
      assertEquals(List.of("local"), filter.await(1));
    }
  }

  private String upstream(String field) {
    return LiveHub.json(edge.fetch("/api/upstream").body()).path(field).asText();
  }

  private void publish(int from, int to) {
    texts(from, to).forEach(text -> sensor.publish(SENSOR, text));
  }

  private static List<String> texts(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  /** Payloads in the order in which each was seen first. */
  private static Set<String> firstSeen(StockClient client) {
    Set<String> seen = new LinkedHashSet<>();
    client.received().forEach(message -> seen.add(message.payload()));
    return seen;
  }

  private static String messageId(StockClient.Message message) {
    int at = message.topic().indexOf("edgeMessageId=");
    assertTrue(at > 0, message.topic());
    return message.topic().substring(at);
  }
}
