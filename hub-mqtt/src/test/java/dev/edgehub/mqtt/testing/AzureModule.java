package dev.edgehub.mqtt.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.azure.sdk.iot.device.ClientOptions;
import com.microsoft.azure.sdk.iot.device.ConnectionStatusChangeContext;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.IotHubMessageResult;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.MessageProperty;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.ExponentialBackoffWithJitter;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/** A module that is written with Azure's Java SDK, as it comes from Maven Central. */
public final class AzureModule implements AutoCloseable {

  private final ModuleClient client;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<String> acknowledged = new CopyOnWriteArrayList<>();
  private final List<String> failed = new CopyOnWriteArrayList<>();
  private final List<IotHubConnectionStatus> states = new CopyOnWriteArrayList<>();

  /** A module around a client that is not open yet. */
  public AzureModule(ModuleClient client) {
    this.client = client;
    // the SDK's own first waits are seconds
    client.setRetryPolicy(new ExponentialBackoffWithJitter(Integer.MAX_VALUE, 50, 500, 50, true));
    client.setConnectionStatusChangeCallback(this::changed, null);
  }

  /** A module over MQTT and TLS with a connection string. */
  public static AzureModule of(String connectionString, SSLContext trust) {
    return of(connectionString, trust, IotHubClientProtocol.MQTT);
  }

  /** A module with a connection string. */
  public static AzureModule of(
      String connectionString, SSLContext trust, IotHubClientProtocol protocol) {
    return new AzureModule(new ModuleClient(connectionString, protocol, options(trust)));
  }

  /** The SDK's defaults, except for whom it trusts and how often it looks for something to send. */
  public static ClientOptions options(SSLContext trust) {
    return ClientOptions.builder().sslContext(trust).sendInterval(1).build();
  }

  /** A message as the SDK hands it on. */
  public record Received(
      String input,
      String body,
      String messageId,
      String contentType,
      String contentEncoding,
      Map<String, String> properties) {}

  /** Takes what comes in on this input; before {@link #open}. */
  public AzureModule listen(String input) {
    client.setMessageCallback(
        input,
        (message, context) -> {
          received.add(read(message));
          return IotHubMessageResult.COMPLETE;
        },
        null);
    return this;
  }

  /** Connects once, without another try. */
  public AzureModule open() throws IotHubClientException {
    client.open(false);
    return this;
  }

  /** Sends on an output and does not wait. */
  public void send(String output, Message message) {
    String body = new String(message.getBytes(), UTF_8);
    client.sendEventAsync(
        message,
        (sent, failure, context) ->
            (failure == null ? acknowledged : failed).add(failure == null ? body : body + failure),
        null,
        output);
  }

  /** The client itself. */
  public ModuleClient client() {
    return client;
  }

  public List<Received> received() {
    return List.copyOf(received);
  }

  /** Waits for so many messages. */
  public List<Received> await(int count) {
    Await.until(
        () -> count + " messages, found " + received.size() + ", states " + states,
        () -> received.size() >= count);
    return received();
  }

  /** Waits until so many of its messages are acknowledged; none may have failed. */
  public List<String> awaitAcknowledged(int count) {
    Await.until(
        () -> count + " acknowledged, found " + acknowledged.size() + ", failed " + failed,
        () -> acknowledged.size() >= count || !failed.isEmpty());
    if (!failed.isEmpty()) {
      throw new AssertionError("not acknowledged: " + failed);
    }
    return List.copyOf(acknowledged);
  }

  /** Every state it has been in, the latest last. */
  public List<IotHubConnectionStatus> states() {
    return List.copyOf(states);
  }

  /** Waits until it has been in a state so many times. */
  public void awaitState(IotHubConnectionStatus state, int times) {
    Await.until(
        () -> times + " times " + state + ", found " + states,
        () -> states.stream().filter(state::equals).count() >= times);
  }

  /**
   * Waits until it has received the bodies 0, 1, 2 … and no others; one whose acknowledgement was
   * lost may have come twice.
   */
  public void awaitBodies(int count) {
    Set<String> expected = IntStream.range(0, count).mapToObj(Integer::toString).collect(toSet());
    Await.until(() -> count + " bodies, found " + bodies().size(), () -> bodies().size() >= count);
    assertEquals(expected, bodies());
  }

  private Set<String> bodies() {
    return received().stream().map(Received::body).collect(toSet());
  }

  private void changed(ConnectionStatusChangeContext change) {
    states.add(change.getNewStatus());
  }

  private static Received read(Message message) {
    Map<String, String> properties = new TreeMap<>();
    for (MessageProperty property : message.getProperties()) {
      properties.put(property.getName(), property.getValue());
    }
    return new Received(
        message.getInputName(),
        new String(message.getBytes(), UTF_8),
        message.getMessageId(),
        message.getContentType(),
        message.getContentEncoding(),
        properties);
  }

  @Override
  public void close() {
    client.close();
  }
}
