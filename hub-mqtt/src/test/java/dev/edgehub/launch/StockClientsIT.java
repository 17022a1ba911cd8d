package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.StockClient;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The main job with clients that others wrote, over real sockets, against a whole hub. */
@Timeout(60)
@ExtendWith(DefectWatch.class)
final class StockClientsIT {

  private static final String SENSOR = "devices/edge/modules/sensor/messages/events/";
  private static final String INPUTS = "devices/edge/modules/filter/inputs/#";
  private static final String QUEUE = "modules/filter/inputs/in1";

  @TempDir Path directory;
  private LiveHub hub;

  @BeforeEach
  void start() {
    hub =
        LiveHub.start(
            directory,
            Manifests.of(
                Manifests.route("sensor", "filter", "in1"),
                "FROM /messages/* WHERE NOT IS_DEFINED($connectionModuleId)"
                    + " INTO BrokeredEndpoint(\"/modules/filter/inputs/leaves\")"));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @ParameterizedTest
  @EnumSource
  void aModulesMessageReachesAnotherModule(StockClient.Maker maker) {
    try (StockClient filter = maker.connect(hub.port(), "edge/filter");
        StockClient sensor = maker.connect(hub.port(), "edge/sensor")) {
      filter.subscribe(INPUTS);

      sensor.publish(SENSOR + "%24.on=out&temperature=21/", "{\"t\":21}");

      assertEquals(List.of("{\"t\":21}"), filter.await(1));
      String topic = filter.received().get(0).topic();
      assertTrue(
          topic.startsWith(
              "devices/edge/modules/filter/inputs/in1/"
                  + "%24.cdid=edge&%24.cmid=sensor&temperature=21&edgeMessageId="),
          topic);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLeafDevicesMessageReachesAModule(StockClient.Maker maker) {
    try (StockClient filter = maker.connect(hub.port(), "edge/filter");
        StockClient leaf = maker.connect(hub.port(), "leaf1")) {
      filter.subscribe(INPUTS);

      leaf.publish("devices/leaf1/messages/events/", "from a leaf");

      assertEquals(List.of("from a leaf"), filter.await(1));
      String topic = filter.received().get(0).topic();
      assertTrue(topic.contains("/inputs/leaves/%24.cdid=leaf1&"), topic);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAbsentModuleGetsEverythingLaterInOrder(StockClient.Maker maker) {
    try (StockClient filter = maker.connect(hub.port(), "edge/filter")) {
      filter.subscribe(INPUTS);
    }
    List<String> sent = publish(maker, 0, 200);
    assertEquals(200, hub.depth(QUEUE));

    try (StockClient filter = maker.connect(hub.port(), "edge/filter")) {
      assertEquals(sent, filter.await(200));
      Await.until("everything confirmed", () -> hub.depth(QUEUE) == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRestartKeepsQueuesAndSessions(StockClient.Maker maker) {
    try (StockClient filter = maker.connect(hub.port(), "edge/filter")) {
      filter.subscribe(INPUTS);
    }
    List<String> sent = publish(maker, 0, 100);

    hub.stop();
    hub.startAgain();

    assertEquals(100, hub.depth(QUEUE));
    try (StockClient filter = maker.connect(hub.port(), "edge/filter")) {
      assertEquals(sent, filter.await(100));
      publish(maker, 100, 110);
      assertEquals(110, filter.await(110).size());
    }
  }

  private List<String> publish(StockClient.Maker maker, int from, int to) {
    List<String> texts = IntStream.range(from, to).mapToObj(Integer::toString).toList();
    try (StockClient sensor = maker.connect(hub.port(), "edge/sensor")) {
      texts.forEach(text -> sensor.publish(SENSOR, text));
    }
    return texts;
  }
}
