package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.Seed;
import dev.edgehub.mqtt.testing.StockClient;
import dev.edgehub.mqtt.testing.WirePeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever one peer does, a canary is served all through; more by row in dev.edgehub.hostile. */
@Timeout(60)
@ExtendWith(DefectWatch.class)
final class BadInputIT {

  private static final String MANIFEST =
      Manifests.of(
          Manifests.route("canary", "cage", "in1"),
          "FROM /messages/modules/odd/* WHERE $body.temperature > 20"
              + " INTO BrokeredEndpoint(\"/modules/cage/inputs/in2\")");

  @TempDir Path directory;
  private LiveHub hub;
  private StockClient cage;
  private StockClient canary;
  private int sung;

  @BeforeEach
  void start() {
    hub = LiveHub.start(directory, MANIFEST);
    cage = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/cage");
    cage.subscribe("devices/edge/modules/cage/inputs/#");
    canary = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/canary");
  }

  @AfterEach
  void theCanaryIsStillServed() {
    sing();
    canary.close();
    cage.close();
    hub.close();
  }

  private void sing() {
    canary.publish("devices/edge/modules/canary/messages/events/", "tweet " + sung++);
    List<String> heard = cage.await(sung);
    assertTrue(heard.contains("tweet " + (sung - 1)), () -> "" + heard);
  }

  @Test
  void randomBytes() {
    Random random = Seed.random("BadInputIT");
    for (int i = 0; i < 200; i++) {
      byte[] garbage = new byte[1 + random.nextInt(300)];
      random.nextBytes(garbage);
      boolean connectFirst = random.nextBoolean();
      try (WirePeer peer = new WirePeer(hub.port())) {
        peer.send(connectFirst ? Packets.connect("stranger", true, 0) : new byte[0], garbage);
      } catch (UncheckedIOException e) {
        // closed while it was still sending
      }
    }
    sing();
  }

  @Test
  void aMessageThatIsTooLarge() {
    try (WirePeer peer = WirePeer.connected(hub.port(), "stranger")) {
      peer.send(Packets.publish("devices/stranger/messages/events/", 1, 1, new byte[262_145]));

      assertTrue(peer.isClosedByHub());
    }
  }

  @Test
  void aForeignTopic() {
    try (WirePeer thief = WirePeer.connected(hub.port(), "edge/thief")) {
      thief.send(Packets.publish("devices/edge/modules/canary/messages/events/", 1, 1, "false"));

      assertTrue(thief.isClosedByHub());
    }
  }

  @Test
  void aBodyThatIsNotJsonIsAcknowledgedAndMatchesNothing() {
    try (WirePeer odd = WirePeer.connected(hub.port(), "edge/odd")) {
      String topic = "devices/edge/modules/odd/messages/events/$.ct=application%2Fjson&$.ce=utf-8";
      odd.publish(topic, 1, "{\"temperature\": ");
      odd.publish(topic, 2, "[".repeat(100_000));
      odd.publish(topic, 3, "{\"temperature\": 21}");

      sung++;
      assertEquals(List.of("{\"temperature\": 21}"), cage.await(1));
    }
  }

  @Test
  void aPortInUseNamesItsKey() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      HubException mqtt = refused("listeners.mqtt.port=" + port);
      HubException admin = refused("listeners.admin.port=" + port);

      assertEquals(ErrorCode.PORT_UNAVAILABLE, mqtt.code());
      assertTrue(("" + mqtt.getMessage()).contains("listeners.mqtt.port"), mqtt.getMessage());
      assertTrue(("" + mqtt.getMessage()).contains("127.0.0.1:" + port), mqtt.getMessage());
      assertEquals(ErrorCode.PORT_UNAVAILABLE, admin.code());
      assertTrue(("" + admin.getMessage()).contains("listeners.admin.port"), admin.getMessage());
    }
    LiveHub.start(directory.resolve("."), MANIFEST, "dataDir=" + directory.resolve("d2")).close();
  }

  private HubException refused(String setting) {
    return assertThrows(
        HubException.class,
        () ->
            LiveHub.start(
                directory.resolve("."), MANIFEST, "dataDir=" + directory.resolve("d2"), setting));
  }

  @Test
  void aDataDirectoryInUseByAnotherHub() {
    HubException thrown =
        assertThrows(HubException.class, () -> LiveHub.start(directory, MANIFEST));

    assertEquals(ErrorCode.DATA_DIR_IN_USE, thrown.code());
    assertTrue(("" + thrown.getMessage()).contains(hub.dataDir().toString()), thrown.getMessage());
  }
}
