package dev.edgehub.mqtt.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient.Mqtt3Publishes;
import dev.edgehub.mqtt.server.TlsFront;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.LeakWatch;
import dev.edgehub.mqtt.testing.LoopbackHub;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.TlsClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT over WebSocket; with bad input, row B16. */
@Timeout(60)
@ExtendWith({DefectWatch.class, LeakWatch.class})
final class WebSocketTest {

  private static final String EVENTS = "devices/edge/modules/sensor/messages/events/";

  @TempDir Path directory;
  private LoopbackHub hub;
  private HttpFixture http;

  @BeforeEach
  void start() {
    hub =
        new LoopbackHub(
            directory.resolve("store"),
            Manifests.of(Manifests.route("sensor", "filter", "in1")),
            "dataDir=" + directory,
            "listeners.mqtts.port=0");
    http = new HttpFixture(hub, List.of(), pipeline -> {});
  }

  @AfterEach
  void stop() {
    http.close();
    hub.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqtt", "MQTT", "mqttv3.1", "other, mqtt"})
  void mqttIsChosenAmongTheSubprotocols(String offered) {
    try (WebSocketPeer peer = new WebSocketPeer(http.port())) {
      peer.upgrade(
          "/$iothub/websocket?iothub-no-client-cert=true", "Sec-WebSocket-Protocol: " + offered);
      String answer = peer.head();

      assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
      assertTrue(answer.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), answer); // RFC 6455, 1.3
      String chosen = offered.substring(offered.lastIndexOf(' ') + 1);
      assertTrue(
          answer.toLowerCase(Locale.ROOT).contains("protocol: " + chosen.toLowerCase(Locale.ROOT)),
          answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-WebSocket-Protocol: AMQPWSB10", "X-Nothing: 1"})
  void anotherSubprotocolIsRefusedWithASentence(String header) {
    try (WebSocketPeer peer = new WebSocketPeer(http.port())) {
      peer.upgrade("/$iothub/websocket", header);
      String answer = peer.answer();

      assertTrue(answer.startsWith("400 {\"message\":\"expected the WebSocket subprotocol mqtt"));
      assertEquals("end", peer.receive());
    }
  }

  @Test
  void anotherPathIsNotFound() {
    try (WebSocketPeer peer = new WebSocketPeer(http.port())) {
      peer.upgrade("/mqtt", "Sec-WebSocket-Protocol: mqtt");

      assertEquals("404 {\"message\":\"nothing is served at this path\"}", peer.answer());
      assertEquals("end", peer.receive());
    }
  }

  @Test
  void oneByteFragmentsMakeWholePackets() {
    try (WebSocketPeer peer = WebSocketPeer.upgraded(http.port())) {
      fragments(peer, Packets.connect("edge/sensor", true, 0));
      String connected = peer.receive();
      fragments(peer, Packets.publish(EVENTS, 1, 7, "x".repeat(2_000)));
      String acknowledged = peer.receive();

      assertEquals("2 20020000", connected);
      assertEquals("2 40020007", acknowledged);
      assertEquals("websocket", hub.services().directory().clients().get(0).transport());
    }
  }

  private static void fragments(WebSocketPeer peer, byte[] packet) {
    byte[] all = new byte[0];
    for (int i = 0; i < packet.length; i++) {
      boolean last = i == packet.length - 1;
      all =
          Packets.join(
              all,
              WebSocketPeer.frameOf(
                  i == 0 ? WebSocketPeer.BINARY : 0, last, new byte[] {packet[i]}),
              last ? new byte[0] : WebSocketPeer.frameOf(0, false, new byte[0]));
    }
    peer.bytes(all);
  }

  @Test
  void aPacketSpansFramesAndAFrameHoldsSeveral() {
    byte[] connect = Packets.connect("edge/sensor", true, 0);
    byte[] publish = Packets.publish(EVENTS, 1, 7, "one");
    byte[] all = Packets.join(connect, publish, Packets.pingReq());
    try (WebSocketPeer peer = WebSocketPeer.upgraded(http.port())) {
      peer.frame(WebSocketPeer.BINARY, true, Arrays.copyOf(all, 20));
      peer.frame(WebSocketPeer.BINARY, true, Arrays.copyOfRange(all, 20, all.length));

      assertEquals("2 20020000", peer.receive());
      Set<String> answers = new TreeSet<>();
      answers.add(peer.receive());
      answers.add(peer.receive());
      assertEquals(Set.of("2 40020007", "2 d000"), answers);
    }
  }

  @Test
  void anEagerClientDoesNotWaitForTheUpgrade() {
    try (WebSocketPeer peer = new WebSocketPeer(http.port())) {
      String request =
          String.join(
              "\r\n",
              "GET /$iothub/websocket HTTP/1.1",
              "Host: h",
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "Sec-WebSocket-Protocol: mqtt",
              "",
              "");
      peer.bytes(
          Packets.join(
              request.getBytes(UTF_8),
              WebSocketPeer.frameOf(
                  WebSocketPeer.BINARY, true, Packets.connect("edge/sensor", true, 0))));

      assertTrue(peer.head().startsWith("HTTP/1.1 101 "));
      assertEquals("2 20020000", peer.receive());
    }
  }

  @Test
  void pingsAreAnsweredAndCloseIsReturned() {
    try (WebSocketPeer peer = WebSocketPeer.connected(http.port(), "edge/sensor")) {
      peer.frame(WebSocketPeer.PING, true, new byte[] {1, 2});
      String pong = peer.receive();
      peer.frame(WebSocketPeer.CLOSE, true, new byte[] {3, (byte) 0xe8});

      assertEquals("10 0102", pong);
      assertEquals("8 03e8", peer.receive());
      assertEquals("end", peer.receive());
    }
  }

  @Test
  void textIsClosedWith1003() {
    try (WebSocketPeer peer = WebSocketPeer.connected(http.port(), "edge/sensor")) {
      peer.frame(1, true, "hello".getBytes(UTF_8));

      assertTrue(peer.receive().startsWith("8 03eb"));
      assertEquals("end", peer.receive());
    }
  }

  @Test
  void aFrameWithoutAMaskIsClosedWith1002() {
    try (WebSocketPeer peer = WebSocketPeer.connected(http.port(), "edge/sensor")) {
      peer.bytes(new byte[] {(byte) 0x82, 2, (byte) 0xc0, 0});

      assertTrue(peer.receive().startsWith("8 03ea"));
      assertEquals("end", peer.receive());
    }
  }

  @Test
  void framesAreSmallUntilTheClientIsLetIn() {
    byte[] large = Packets.publish(EVENTS, 1, 7, "x".repeat(100_000));
    try (WebSocketPeer stranger = WebSocketPeer.upgraded(http.port());
        WebSocketPeer client = WebSocketPeer.connected(http.port(), "edge/sensor")) {
      stranger.bytes(Arrays.copyOf(WebSocketPeer.frameOf(2, true, large), 14));
      client.frame(WebSocketPeer.BINARY, true, large);

      assertTrue(stranger.receive().startsWith("8 03f1")); // 1009
      assertEquals("2 40020007", client.receive());
    }
  }

  @Test
  void badMqttClosesTheWebSocket() {
    try (WebSocketPeer peer = WebSocketPeer.upgraded(http.port())) {
      peer.frame(WebSocketPeer.BINARY, true, Packets.pingReq());

      assertTrue(peer.receive().startsWith("8 03e8"));
      assertEquals("end", peer.receive());
    }
  }

  @Test
  void aStockClientTalksThroughTlsAndWebSocket() throws InterruptedException {
    hub.secure(InstantSource.system());
    try (HttpFixture https =
        new HttpFixture(hub, List.of(), p -> TlsFront.build(p, hub.tls(), hub.services().log()))) {
      TlsClient trusting = TlsClient.trusting(directory.resolve("tls/ca.pem"));
      Mqtt3BlockingClient filter = client(https.port(), trusting, "edge/filter");
      Mqtt3BlockingClient sensor = client(https.port(), trusting, "edge/sensor");
      try (Mqtt3Publishes received = filter.publishes(MqttGlobalPublishFilter.ALL)) {
        filter
            .subscribeWith()
            .topicFilter("devices/edge/modules/filter/inputs/#")
            .qos(MqttQos.AT_LEAST_ONCE)
            .send();
        sensor
            .publishWith()
            .topic(EVENTS)
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(new byte[200_000])
            .send();

        int length =
            received.receive(20, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes().length;
        assertEquals(200_000, length);
      }
      filter.disconnect();
      sensor.disconnect();
    }
  }

  private static Mqtt3BlockingClient client(int port, TlsClient trusting, String id) {
    Mqtt3BlockingClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier(id)
            .serverHost("localhost")
            .serverPort(port)
            .sslConfig()
            .trustManagerFactory(trusting.trust())
            .applySslConfig()
            .webSocketConfig()
            .serverPath("$iothub/websocket")
            .applyWebSocketConfig()
            .simpleAuth()
            .username(Packets.userName(id))
            .applySimpleAuth()
            .buildBlocking();
    client.connectWith().cleanSession(true).send();
    return client;
  }
}
