package dev.edgehub.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.GatewayAddress;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Trust;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Clients that others wrote, over TLS, with a token as their password. */
@Timeout(60)
@ExtendWith(DefectWatch.class)
final class SecureStockClientsIT {

  private static final String EVENTS = "devices/edge/modules/echo/messages/events/k=v";
  private static final String INPUTS = "devices/edge/modules/echo/inputs/#";
  private static final String USER = "local.azure-devices.net/edge/echo/?api-version=2021-04-12";

  @TempDir Path directory;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private GatewayHub hub;
  private String token;

  @BeforeEach
  void start() {
    hub = GatewayHub.start(directory, Manifests.of(Manifests.route("echo", "echo", "in1")));
    hub.register("edge/echo");
    token = hub.command("identity", "sas", "edge/echo").strip();
  }

  @AfterEach
  void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  @Test
  void pahoSendsAndReceives() throws MqttException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(false);
    options.setUserName(USER);
    options.setPassword(token.toCharArray());
    options.setSocketFactory(hub.trust().getSocketFactory());
    try (org.eclipse.paho.client.mqttv3.MqttClient client =
        new org.eclipse.paho.client.mqttv3.MqttClient(
            "ssl://" + hub.address() + ":" + GatewayAddress.MQTTS,
            "edge/echo",
            new MemoryPersistence())) {
      client.connect(options);
      client.subscribe(
          INPUTS, 1, (topic, message) -> received.add(new String(message.getPayload(), UTF_8)));
      client.publish(EVENTS, "hello".getBytes(UTF_8), 1, false);

      awaitHello();
      client.disconnect();
    }
  }

  @Test
  void hiveMqSendsAndReceives() {
    Mqtt3BlockingClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("edge/echo")
            .serverHost(hub.address())
            .serverPort(GatewayAddress.MQTTS)
            .sslConfig()
            .trustManagerFactory(Trust.factory(hub.authority()))
            .applySslConfig()
            .simpleAuth()
            .username(USER)
            .password(token.getBytes(UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    client
        .toAsync()
        .publishes(
            MqttGlobalPublishFilter.ALL,
            message -> received.add(new String(message.getPayloadAsBytes(), UTF_8)));
    client.connectWith().cleanSession(false).send();
    client.subscribeWith().topicFilter(INPUTS).qos(MqttQos.AT_LEAST_ONCE).send();
    client
        .publishWith()
        .topic(EVENTS)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload("hello".getBytes(UTF_8))
        .send();

    awaitHello();
    client.disconnect();
  }

  private void awaitHello() {
    Await.until("the message comes back", () -> !received.isEmpty());
    assertEquals(List.of("hello"), received);
  }
}
