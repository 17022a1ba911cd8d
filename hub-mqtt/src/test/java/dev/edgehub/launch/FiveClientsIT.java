package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.StockClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** MQTT 5 with clients that others wrote, over real sockets, beside MQTT 3.1.1. */
@Timeout(60)
@ExtendWith(DefectWatch.class)
final class FiveClientsIT {

  private static final String SENSOR = "devices/edge/modules/sensor/messages/events/";
  private static final String INPUTS = "devices/edge/modules/filter/inputs/#";
  private static final String QUEUE = "modules/filter/inputs/in1";

  @TempDir Path directory;
  private LiveHub hub;

  @BeforeEach
  void start() {
    hub = LiveHub.start(directory, Manifests.of(Manifests.route("sensor", "filter", "in1")));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void everythingAPublishSaysReachesAnMqtt5Receiver() {
    Mqtt5BlockingClient filter = client("edge/filter");
    List<Mqtt5Publish> received = receive(filter);
    filter.connect();
    filter.subscribeWith().topicFilter(INPUTS).qos(MqttQos.EXACTLY_ONCE).send();
    Mqtt5BlockingClient sensor = client("edge/sensor");
    sensor.connect();

    Mqtt5PublishResult result =
        sensor
            .publishWith()
            .topic(SENSOR + "inBag=1")
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload("{\"t\":21}".getBytes(StandardCharsets.UTF_8))
            .contentType("application/json")
            .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
            .correlationData(new byte[] {(byte) 0xff, 1, 2})
            .responseTopic("answers/here")
            .messageExpiryInterval(600)
            .userProperties()
            .add("unit", "°C")
            .add("empty", "")
            .applyUserProperties()
            .send();

    assertTrue(result.getError().isEmpty());
    Await.until("a delivery", () -> received.size() == 1);
    Mqtt5Publish publish = received.get(0);
    assertEquals("{\"t\":21}", text(publish));
    assertEquals("application/json", publish.getContentType().orElseThrow().toString());
    assertEquals(
        Mqtt5PayloadFormatIndicator.UTF_8, publish.getPayloadFormatIndicator().orElseThrow());
    ByteBuffer correlation = publish.getCorrelationData().orElseThrow();
    byte[] bytes = new byte[correlation.remaining()];
    correlation.get(bytes);
    assertArrayEquals(new byte[] {(byte) 0xff, 1, 2}, bytes);
    assertEquals("answers/here", publish.getResponseTopic().orElseThrow().toString());
    long left = publish.getMessageExpiryInterval().orElseThrow();
    assertTrue(left > 0 && left <= 600, "expiry " + left);
    Map<String, String> user =
        publish.getUserProperties().asList().stream()
            .collect(Collectors.toMap(p -> p.getName().toString(), p -> p.getValue().toString()));
    assertEquals("1", user.get("inBag"));
    assertEquals("°C", user.get("unit"));
    assertEquals("", user.get("empty"));
    assertEquals("sensor", user.get("$.cmid"));
    assertTrue(
        publish
            .getTopic()
            .toString()
            .startsWith("devices/edge/modules/filter/inputs/in1/%24.cdid=edge&%24.cmid=sensor&"));
    sensor.disconnect();
    filter.disconnect();
  }

  @Test
  void mqtt5AndMqtt311TalkToEachOther() {
    try (StockClient filter = StockClient.Maker.PAHO.connect(hub.port(), "edge/filter")) {
      filter.subscribe(INPUTS);
      Mqtt5BlockingClient sensor = client("edge/sensor");
      sensor.connect();
      sensor
          .publishWith()
          .topic(SENSOR)
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload("five".getBytes(StandardCharsets.UTF_8))
          .contentType("text/plain")
          .userProperties()
          .add("k y", "v/1")
          .applyUserProperties()
          .send();
      sensor.disconnect();

      assertEquals(List.of("five"), filter.await(1));
      String topic = filter.received().get(0).topic();
      assertTrue(topic.contains("&%24.ct=text%2Fplain&k%20y=v%2F1&"), topic);
    }
    Mqtt5BlockingClient filter = client("edge/filter");
    List<Mqtt5Publish> received = receive(filter);
    filter.connectWith().cleanStart(false).sessionExpiryInterval(60).send();
    try (StockClient sensor = StockClient.Maker.PAHO.connect(hub.port(), "edge/sensor")) {
      sensor.publish(SENSOR + "%24.ct=text%2Fplain&a=b", "three");
    }
    Await.until("a delivery", () -> received.size() == 1);
    assertEquals("text/plain", received.get(0).getContentType().orElseThrow().toString());
    filter.disconnect();
  }

  @Test
  void anAssignedIdIsThatOfTheUserName() {
    Mqtt5BlockingClient unnamed =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("")
            .serverHost("127.0.0.1")
            .serverPort(hub.port())
            .simpleAuth()
            .username(Packets.userName("edge/sensor"))
            .applySimpleAuth()
            .buildBlocking();

    Mqtt5ConnAck answer = unnamed.connect();

    assertEquals("edge/sensor", answer.getAssignedClientIdentifier().orElseThrow().toString());
    assertEquals(MqttQos.AT_LEAST_ONCE, answer.getRestrictions().getMaximumQos());
    assertEquals(false, answer.getRestrictions().isRetainAvailable());
    assertEquals(false, answer.getRestrictions().isSharedSubscriptionAvailable());
    unnamed.disconnect();
  }

  @Test
  void refusalsComeWithTheirReasons() {
    Mqtt5BlockingClient sensor = client("edge/sensor");
    sensor.connect();

    Mqtt5SubAckException refused =
        assertThrows(
            Mqtt5SubAckException.class, () -> sensor.subscribeWith().topicFilter("other/#").send());
    assertEquals(
        List.of(Mqtt5SubAckReasonCode.NOT_AUTHORIZED), refused.getMqttMessage().getReasonCodes());
    sensor.disconnect();

    Mqtt5BlockingClient lonely = client("edge/lonely");
    lonely.connect();
    Mqtt5PublishResult.Mqtt5Qos1Result unrouted =
        (Mqtt5PublishResult.Mqtt5Qos1Result)
            lonely
                .publishWith()
                .topic("devices/edge/modules/lonely/messages/events/")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
    assertEquals(
        Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS, unrouted.getPubAck().getReasonCode());
    lonely.disconnect();

    Mqtt5BlockingClient stranger =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("edge/other")
            .serverHost("127.0.0.1")
            .serverPort(hub.port())
            .simpleAuth()
            .username(Packets.userName("edge/sensor"))
            .applySimpleAuth()
            .buildBlocking();
    Mqtt5ConnAckException out = assertThrows(Mqtt5ConnAckException.class, stranger::connect);
    assertEquals(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED, out.getMqttMessage().getReasonCode());
    assertTrue(out.getMqttMessage().getReasonString().isPresent());
  }

  @Test
  void aMessageExpiresWhenItsSenderSaysSo() {
    Mqtt5BlockingClient filter = client("edge/filter");
    filter.connectWith().sessionExpiryInterval(600).send();
    filter.subscribeWith().topicFilter(INPUTS).send();
    filter.disconnect();
    Mqtt5BlockingClient sensor = client("edge/sensor");
    sensor.connect();

    sensor.publishWith().topic(SENSOR).qos(MqttQos.AT_LEAST_ONCE).messageExpiryInterval(1).send();

    Await.until("nothing waiting", () -> hub.depth(QUEUE) == 0);
    sensor.disconnect();
  }

  @Test
  void moreThanTheLargestPacketOfTheReceiverIsADeadLetter() {
    Mqtt5BlockingClient filter = client("edge/filter");
    List<Mqtt5Publish> received = receive(filter);
    filter.connectWith().restrictions().maximumPacketSize(2_000).applyRestrictions().send();
    filter.subscribeWith().topicFilter(INPUTS).send();
    Mqtt5BlockingClient sensor = client("edge/sensor");
    sensor.connect();

    for (byte[] body : List.of(new byte[2_000], new byte[] {1})) {
      sensor.publishWith().topic(SENSOR).qos(MqttQos.AT_LEAST_ONCE).payload(body).send();
    }

    Await.until("the small one", () -> received.size() == 1);
    assertEquals(1, received.get(0).getPayloadAsBytes().length);
    Await.until("nothing waiting", () -> hub.depth(QUEUE) == 0);
    sensor.disconnect();
    filter.disconnect();
  }

  @Test
  void aReceiverGetsNoMoreAtATimeThanItTakes() {
    Mqtt5BlockingClient filter = client("edge/filter");
    List<Mqtt5Publish> received = receive(filter);
    filter.connectWith().restrictions().receiveMaximum(1).applyRestrictions().send();
    filter.subscribeWith().topicFilter(INPUTS).send();
    Mqtt5BlockingClient sensor = client("edge/sensor");
    sensor.connect();
    for (int i = 0; i < 50; i++) {
      sensor
          .publishWith()
          .topic(SENSOR)
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(("" + i).getBytes(StandardCharsets.UTF_8))
          .send();
    }

    // its client closes the connection on one too many
    Await.until("all of them", () -> received.size() == 50);
    assertEquals("49", text(received.get(49)));
    sensor.disconnect();
    filter.disconnect();
  }

  @Test
  void aDelayedWillIsPublishedWhenItsClientStaysAway() {
    Mqtt5BlockingClient filter = client("edge/filter");
    List<Mqtt5Publish> received = receive(filter);
    filter.connect();
    filter.subscribeWith().topicFilter(INPUTS).send();
    Mqtt5BlockingClient sensor = client("edge/sensor");
    sensor
        .connectWith()
        .sessionExpiryInterval(60)
        .willPublish()
        .topic(SENSOR)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload("gone".getBytes(StandardCharsets.UTF_8))
        .delayInterval(1)
        .applyWillPublish()
        .send();

    sensor
        .disconnectWith()
        .reasonCode(
            com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode
                .DISCONNECT_WITH_WILL_MESSAGE)
        .send();

    Await.until("the will", () -> received.size() == 1);
    assertEquals("gone", text(received.get(0)));
    filter.disconnect();
  }

  @Test
  void pahoPublishesAndReceivesWithProperties() throws MqttException {
    List<MqttMessage> received = new CopyOnWriteArrayList<>();
    org.eclipse.paho.mqttv5.client.MqttClient filter = paho("edge/filter", received);
    filter.subscribe(INPUTS, 1);
    org.eclipse.paho.mqttv5.client.MqttClient sensor = paho("edge/sensor", received);
    MqttMessage message = new MqttMessage("hello".getBytes(StandardCharsets.UTF_8));
    message.setQos(1);
    MqttProperties properties = new MqttProperties();
    properties.setContentType("text/plain");
    properties.setCorrelationData("c1".getBytes(StandardCharsets.UTF_8));
    properties.setUserProperties(List.of(new UserProperty("a", "b")));
    message.setProperties(properties);

    for (int i = 0; i < 3; i++) {
      sensor.publish(SENSOR, message); // the same topic again goes by its alias
    }

    Await.until("the deliveries", () -> received.size() == 3);
    MqttProperties got = received.get(2).getProperties();
    assertEquals("text/plain", got.getContentType());
    assertEquals("c1", new String(got.getCorrelationData(), StandardCharsets.UTF_8));
    assertTrue(
        got.getUserProperties().stream()
            .anyMatch(pair -> pair.getKey().equals("a") && pair.getValue().equals("b")));
    for (org.eclipse.paho.mqttv5.client.MqttClient client : List.of(sensor, filter)) {
      client.disconnect();
      client.close();
    }
  }

  private org.eclipse.paho.mqttv5.client.MqttClient paho(String id, List<MqttMessage> received)
      throws MqttException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(Packets.userName(id));
    options.setCleanStart(true);
    options.setSessionExpiryInterval(0L);
    org.eclipse.paho.mqttv5.client.MqttClient client =
        new org.eclipse.paho.mqttv5.client.MqttClient(
            "tcp://127.0.0.1:" + hub.port(), id, new MemoryPersistence());
    client.setTimeToWait(20_000);
    client.setCallback(new Collecting(received));
    client.connect(options);
    return client;
  }

  private Mqtt5BlockingClient client(String id) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(hub.port())
        .simpleAuth()
        .username(Packets.userName(id))
        .applySimpleAuth()
        .buildBlocking();
  }

  private static List<Mqtt5Publish> receive(Mqtt5BlockingClient client) {
    List<Mqtt5Publish> received = new CopyOnWriteArrayList<>();
    client.toAsync().publishes(MqttGlobalPublishFilter.ALL, received::add);
    return received;
  }

  private static String text(Mqtt5Publish publish) {
    return new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
  }

  private record Collecting(List<MqttMessage> received) implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      received.add(message);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
