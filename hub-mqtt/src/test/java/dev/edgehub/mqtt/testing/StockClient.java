package dev.edgehub.mqtt.testing;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** An MQTT client that somebody else wrote, with a persistent session and QoS 1. */
public interface StockClient extends AutoCloseable {

  /** Subscribes and returns when it is granted. */
  void subscribe(String filter);

  /** Publishes and returns when it is acknowledged. */
  void publish(String topic, String payload);

  /** Everything received so far, in order. */
  List<Message> received();

  /** Disconnects. */
  @Override
  void close();

  /** A message as received. */
  record Message(String topic, String payload) {}

  /** Whose client it is. */
  enum Maker {
    HIVEMQ,
    PAHO;

    /** A connected client for the identity. */
    public StockClient connect(int port, String id) {
      return this == HIVEMQ ? new HiveMq(port, id) : new Paho(port, id);
    }
  }

  /** Waits for so many messages and returns their payloads. */
  default List<String> await(int count) {
    Await.until(
        () -> count + " messages, found " + received().size(), () -> received().size() >= count);
    return received().stream().map(Message::payload).toList();
  }

  /** HiveMQ's client. */
  final class HiveMq implements StockClient {
    private final List<Message> received = new CopyOnWriteArrayList<>();
    private final Mqtt3BlockingClient client;

    HiveMq(int port, String id) {
      client =
          MqttClient.builder()
              .useMqttVersion3()
              .identifier(id)
              .serverHost("127.0.0.1")
              .serverPort(port)
              .simpleAuth()
              .username(Packets.userName(id))
              .applySimpleAuth()
              .buildBlocking();
      client.toAsync().publishes(MqttGlobalPublishFilter.ALL, this::take);
      client.connectWith().cleanSession(false).send();
    }

    private void take(Mqtt3Publish publish) {
      received.add(
          new Message(
              publish.getTopic().toString(),
              new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8)));
    }

    @Override
    public void subscribe(String filter) {
      client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
    }

    @Override
    public void publish(String topic, String payload) {
      client
          .publishWith()
          .topic(topic)
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(payload.getBytes(StandardCharsets.UTF_8))
          .send();
    }

    @Override
    public List<Message> received() {
      return List.copyOf(received);
    }

    @Override
    public void close() {
      if (client.getState().isConnected()) {
        client.disconnect();
      }
    }
  }

  /** Eclipse Paho's client. */
  final class Paho implements StockClient {
    private final List<Message> received = new CopyOnWriteArrayList<>();
    private final org.eclipse.paho.client.mqttv3.MqttClient client;

    Paho(int port, String id) {
      MqttConnectOptions options = new MqttConnectOptions();
      options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
      options.setCleanSession(false);
      options.setUserName(Packets.userName(id));
      try {
        client =
            new org.eclipse.paho.client.mqttv3.MqttClient(
                "tcp://127.0.0.1:" + port, id, new MemoryPersistence());
        client.setTimeToWait(20_000);
        client.setCallback(new Callback());
        client.connect(options);
      } catch (MqttException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void subscribe(String filter) {
      try {
        client.subscribe(filter, 1);
      } catch (MqttException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void publish(String topic, String payload) {
      try {
        client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1, false);
      } catch (MqttException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public List<Message> received() {
      return List.copyOf(received);
    }

    @Override
    public void close() {
      try {
        if (client.isConnected()) {
          client.disconnect();
        }
        client.close(true);
      } catch (MqttException e) {
        throw new IllegalStateException(e);
      }
    }

    private final class Callback implements MqttCallback {
      @Override
      public void messageArrived(String topic, MqttMessage message) {
        received.add(new Message(topic, new String(message.getPayload(), StandardCharsets.UTF_8)));
      }

      @Override
      public void connectionLost(Throwable cause) {}

      @Override
      public void deliveryComplete(IMqttDeliveryToken token) {}
    }
  }
}
