package dev.edgehub.launch.demo;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A module as an ordinary MQTT 3.1.1 client with a persistent session: it connects again whenever
 * its hub is back, and then repeats what it had no acknowledgement for. The only place of the demo
 * with types of the MQTT client library. Callbacks come on that library's threads.
 */
final class ModuleClient implements AutoCloseable {

  private static final long RECONNECT_MILLIS = 200;
  private static final int WAIT_SECONDS = 15;

  private final String topics;
  private final Mqtt3AsyncClient client;

  /**
   * A message that came in.
   *
   * @param topic with the property bag
   */
  record Arrival(String topic, byte[] body, Runnable acknowledgement) {

    /** Tells the hub that it need not keep the message any longer. */
    void acknowledge() {
      acknowledgement.run();
    }

    /**
     * The id that the first hub gave to this entry of its queue: the same when the entry is
     * delivered again, another when the sender's repetition was stored as one more entry.
     */
    String entryId() {
      String key = "edgeMessageId=";
      int at = topic.indexOf(key);
      if (at < 0) {
        throw new DemoFailedException("expected " + key + " in the topic " + topic);
      }
      int end = topic.indexOf('&', at);
      return topic.substring(at + key.length(), end < 0 ? topic.length() : end);
    }
  }

  ModuleClient(int port, String deviceId, String moduleId) {
    topics = "devices/" + deviceId + "/modules/" + moduleId + "/";
    client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier(deviceId + "/" + moduleId)
            .serverHost("127.0.0.1")
            .serverPort(port)
            // here and not in connect: the library forgets a connect's user name when it reconnects
            .simpleAuth()
            .username("localhost/" + deviceId + "/" + moduleId + "/?api-version=2021-04-12")
            .applySimpleAuth()
            .addDisconnectedListener(ModuleClient::reconnect)
            .buildAsync();
  }

  private static void reconnect(MqttClientDisconnectedContext context) {
    if (context.getSource() != MqttDisconnectSource.USER) {
      context
          .getReconnector()
          .reconnect(true)
          .delay(RECONNECT_MILLIS, TimeUnit.MILLISECONDS)
          // a hub that forgot the session gets the same messages all the same
          .republishIfSessionExpired(true)
          .resubscribeIfSessionExpired(true);
    }
  }

  /** Connects; waits for it. */
  void connect() {
    await("connect", client.connectWith().cleanSession(false).keepAlive(10).send());
  }

  /** Receives what comes to the module's inputs, at QoS 1; waits until the hub has granted it. */
  void subscribe(Consumer<Arrival> receiver) {
    await(
        "subscribe",
        client
            .subscribeWith()
            .topicFilter(topics + "inputs/#")
            .qos(MqttQos.AT_LEAST_ONCE)
            .callback(publish -> receiver.accept(arrival(publish)))
            .manualAcknowledgement(true)
            .send());
  }

  private static Arrival arrival(Mqtt3Publish publish) {
    return new Arrival(
        publish.getTopic().toString(), publish.getPayloadAsBytes(), publish::acknowledge);
  }

  /**
   * Sends a JSON body to an output, at QoS 1; away from the hub it waits for the connection.
   *
   * @param acknowledged called once, when the hub has taken responsibility
   */
  void publish(String output, byte[] body, Runnable acknowledged) {
    client
        .publishWith()
        .topic(
            topics + "messages/events/%24.on=" + output + "&%24.ct=application%2Fjson&%24.ce=utf-8")
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(body)
        .send()
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                acknowledged.run();
              }
            });
  }

  private void await(String what, CompletableFuture<?> future) {
    try {
      future.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new DemoFailedException("the client of " + topics + " cannot " + what + ": " + e, e);
    }
  }

  /** Says goodbye, if there is somebody to say it to. */
  @Override
  public void close() {
    client.disconnect().orTimeout(2, TimeUnit.SECONDS).exceptionally(failure -> null).join();
  }
}
