package dev.edgehub.launch;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.IotHubStatusCode;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import dev.edgehub.mqtt.testing.AzureModule;
import dev.edgehub.mqtt.testing.AzureModule.Received;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.StockClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two modules written with Azure's Java SDK talk through the hub. */
@Timeout(60)
@ExtendWith(DefectWatch.class)
final class AzureModulesIT {

  @TempDir Path directory;
  private GatewayHub hub;

  @BeforeEach
  void start() {
    hub =
        GatewayHub.start(
            directory,
            Manifests.of(
                Manifests.route("sensor", "filter", "in1"),
                Manifests.route("plain", "filter", "in1")));
  }

  @AfterEach
  void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MQTT", "MQTT_WS"})
  void aHundredMessagesArriveIntactAndInOrder(IotHubClientProtocol protocol)
      throws IotHubClientException {
    try (AzureModule filter = module("filter", protocol).listen("in1").open();
        AzureModule sensor = module("sensor", protocol).open()) {
      for (int i = 0; i < 100; i++) {
        sensor.send("out", message(i));
        // what is queued in a burst the SDK itself may put in another order
        sensor.awaitAcknowledged(i + 1);
      }

      List<Received> expected = IntStream.range(0, 100).mapToObj(AzureModulesIT::expected).toList();
      List<Received> found =
          filter.await(100).stream().map(AzureModulesIT::withoutDeliveryId).toList();
      assertEquals(expected, found);
    }
  }

  @Test
  void everyMessageOfABurstIsAcknowledgedAndArrivesOnce() throws IotHubClientException {
    try (AzureModule filter = module("filter", IotHubClientProtocol.MQTT).listen("in1").open();
        AzureModule sensor = module("sensor", IotHubClientProtocol.MQTT).open()) {
      for (int i = 0; i < 300; i++) {
        sensor.send("out", message(i));
      }

      sensor.awaitAcknowledged(300);
      List<Received> found = filter.await(300);
      assertEquals(
          IntStream.range(0, 300).mapToObj(AzureModulesIT::expected).collect(toSet()),
          found.stream().map(AzureModulesIT::withoutDeliveryId).collect(toSet()));
      assertEquals(300, found.size());
    }
  }

  @Test
  void anEmptyPropertyOfAnotherClientIsLeftOutAndTheReceiverLives() throws IotHubClientException {
    try (AzureModule filter = module("filter", IotHubClientProtocol.MQTT).listen("in1").open();
        StockClient plain = StockClient.Maker.PAHO.connect(hub.hub().port(), "edge/plain")) {
      String topic = "devices/edge/modules/plain/messages/events/";
      plain.publish(topic + "nothing=&bare&something=1", "one");
      plain.publish(topic, "two");

      List<Received> found = filter.await(2);
      assertEquals(List.of("one", "two"), found.stream().map(Received::body).toList());
      assertEquals(
          Map.of("something", "1", "$.cdid", "edge", "$.cmid", "plain"),
          withoutDeliveryId(found.get(0)).properties());
      assertEquals(List.of(IotHubConnectionStatus.CONNECTED), filter.states());
    }
  }

  @Test
  void aTwinRequestFailsAndTheModuleGoesOn() throws Exception {
    try (AzureModule filter = module("filter", IotHubClientProtocol.MQTT).listen("in1").open();
        AzureModule sensor = module("sensor", IotHubClientProtocol.MQTT).open()) {
      sensor.client().subscribeToDesiredProperties((twin, context) -> {}, null);

      IotHubClientException refused =
          assertThrows(IotHubClientException.class, () -> sensor.client().getTwin());

      assertEquals(IotHubStatusCode.ERROR, refused.getStatusCode());
      sensor.send("out", message(0));
      sensor.awaitAcknowledged(1);
      assertEquals(expected(0), withoutDeliveryId(filter.await(1).get(0)));
      assertEquals(List.of(IotHubConnectionStatus.CONNECTED), sensor.states());
    }
  }

  private AzureModule module(String name, IotHubClientProtocol protocol) {
    return AzureModule.of(hub.register("edge/" + name), hub.trust(), protocol);
  }

  private static Message message(int i) {
    Message message = new Message("{\"t\":" + i + "}");
    message.setMessageId("id " + i);
    message.setContentType("application/json");
    message.setContentEncoding("utf-8");
    message.setProperty("n", "" + i);
    message.setProperty("k y", "v/1 2&3=4+5%6");
    return message;
  }

  private static Received expected(int i) {
    return new Received(
        "in1",
        "{\"t\":" + i + "}",
        "id " + i,
        "application/json",
        "utf-8",
        Map.of("n", "" + i, "k y", "v/1 2&3=4+5%6", "$.cdid", "edge", "$.cmid", "sensor"));
  }

  /** The hub adds an id by which a receiver can tell a repetition. */
  private static Received withoutDeliveryId(Received received) {
    Map<String, String> properties = new TreeMap<>(received.properties());
    if (properties.remove("edgeMessageId") == null) {
      throw new AssertionError("no edgeMessageId: " + received);
    }
    return new Received(
        received.input(),
        received.body(),
        received.messageId(),
        received.contentType(),
        received.contentEncoding(),
        properties);
  }
}
