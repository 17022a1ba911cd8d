package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Mosquitto;
import dev.edgehub.mqtt.testing.StockClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plain broker as upstream. */
@Timeout(60)
final class UpstreamBrokerIT {

  @TempDir Path directory;

  @Test
  void messagesOfAllSendersArriveUnderTheirOwnTopics() {
    try (Mosquitto broker = Mosquitto.start(directory);
        LiveHub hub =
            LiveHub.start(
                directory,
                Manifests.of("FROM /messages/* INTO $upstream"),
                "upstream.type=mqtt",
                "upstream.host=127.0.0.1",
                "upstream.port=" + broker.port(),
                "upstream.tls=false");
        StockClient all = StockClient.Maker.PAHO.connect(broker.port(), "listener");
        StockClient sensor = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/sensor");
        StockClient leaf = StockClient.Maker.HIVEMQ.connect(hub.port(), "leaf")) {
      all.subscribe("devices/#");

      sensor.publish("devices/edge/modules/sensor/messages/events/%24.on=o&a=1", "from a module");
      leaf.publish("devices/leaf/messages/events/", "from a leaf");

      assertEquals(
          List.of("from a leaf", "from a module"), all.await(2).stream().sorted().toList());
      List<String> topics =
          all.received().stream().map(StockClient.Message::topic).sorted().toList();
      assertTrue(
          topics.get(0).startsWith("devices/edge/modules/sensor/messages/events/%24.on=o&a=1&edge"),
          topics.get(0));
      assertTrue(topics.get(1).startsWith("devices/leaf/messages/events/edge"), topics.get(1));
      Await.until("all confirmed", () -> hub.depth("upstream") == 0);
    }
  }
}
