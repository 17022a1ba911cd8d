package dev.edgehub.mqtt.upstream;

import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import dev.edgehub.config.Secret;
import dev.edgehub.delivery.Delivery;
import dev.edgehub.delivery.DeliveryOutcome;
import dev.edgehub.mqtt.topic.HubTopics;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One MQTT connection to upstream, under one client id. Deliveries given before it is connected
 * wait for it. Belongs to the connector's serial executor.
 */
final class UpstreamLink {

  private static final int KEEP_ALIVE_SECONDS = 30;

  private enum State {
    DOWN,
    CONNECTING,
    UP
  }

  /** What a link tells its connector; called on the connector's executor. */
  interface Owner {
    void up(UpstreamLink link);

    /** The link is down: it could not be made, or it broke. */
    void down(UpstreamLink link, String why);
  }

  private final String clientId;
  private final @Nullable String userName;
  private final @Nullable Secret password;
  private final Mqtt3AsyncClient client;
  private final Executor executor;
  private final Owner owner;
  private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
  private State state = State.DOWN;

  /** Also read by the client's threads, which outlive the executor when the hub is stopped. */
  private volatile boolean closed;

  UpstreamLink(
      UpstreamAddress address,
      String clientId,
      @Nullable String userName,
      @Nullable Secret password,
      Executor executor,
      Owner owner) {
    this.clientId = clientId;
    this.userName = userName;
    this.password = password;
    this.executor = executor;
    this.owner = owner;
    this.client =
        address
            .newClient(clientId)
            .addDisconnectedListener(context -> post(() -> broken("" + reason(context.getCause()))))
            .buildAsync();
  }

  String clientId() {
    return clientId;
  }

  /** Begins to connect, if the link is down. */
  void connect() {
    if (state != State.DOWN) {
      return;
    }
    state = State.CONNECTING;
    client
        .connect(UpstreamAddress.connect(userName, password, KEEP_ALIVE_SECONDS))
        .whenComplete(
            (ack, failure) -> {
              if (failure != null) {
                post(() -> broken(reason(failure)));
              } else if (closed) {
                // it was being made when the link was closed
                client.disconnect();
              } else {
                post(this::connected);
              }
            });
  }

  private void post(Runnable news) {
    if (!closed) {
      executor.execute(news);
    }
  }

  private void connected() {
    if (state == State.CONNECTING) {
      state = State.UP;
      owner.up(this);
      while (!waiting.isEmpty()) {
        publish(waiting.remove());
      }
    }
  }

  /** Told twice of a failed connect, by the connect and by the listener; the first one counts. */
  private void broken(String why) {
    if (state == State.DOWN) {
      return;
    }
    state = State.DOWN;
    owner.down(this, why);
  }

  /** Publishes now, or as soon as the link is up. */
  void deliver(Delivery delivery) {
    if (state == State.UP) {
      publish(delivery);
    } else {
      waiting.add(delivery);
      connect();
    }
  }

  private void publish(Delivery delivery) {
    String topic = HubTopics.upstream(delivery.message());
    if (topic.length() > HubTopics.MAX_BYTES) {
      delivery.complete(new DeliveryOutcome.Refused(HubTopics.tooLong(topic)));
      return;
    }
    client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(delivery.message().body())
        .send()
        .whenComplete((published, failure) -> delivery.complete(outcome(failure)));
  }

  private DeliveryOutcome outcome(@Nullable Throwable failure) {
    if (failure == null) {
      return DeliveryOutcome.ACCEPTED;
    }
    String why = clientId + ": " + reason(failure);
    return isClose(failure) ? new DeliveryOutcome.Closed(why) : new DeliveryOutcome.Retry(why);
  }

  /** Whether the connection ended with the publish under way, as opposed to before it. */
  private static boolean isClose(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof MqttSessionExpiredException
        || cause instanceof ConnectionClosedException;
  }

  /** Ends what waits for the link. */
  void giveBack(DeliveryOutcome outcome) {
    while (!waiting.isEmpty()) {
      waiting.remove().complete(outcome);
    }
  }

  /** Closes the connection for good; unanswered publishes end as gone. */
  void close() {
    closed = true;
    state = State.DOWN;
    giveBack(DeliveryOutcome.GONE);
    if (client.getState() != MqttClientState.DISCONNECTED) {
      client.disconnect();
    }
  }

  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof Mqtt3ConnAckException refused) {
      return "upstream refused the connection: " + refused.getMqttMessage().getReturnCode();
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
