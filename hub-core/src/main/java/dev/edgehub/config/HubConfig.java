package dev.edgehub.config;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operator can set, read once at start. Keys and defaults are those of the
 * configuration table in the README; {@link HubConfigReader} is the only place that knows them.
 *
 * @param deviceId id of this edge device
 * @param hostname the name clients use as gateway
 * @param iotHub IoT Hub host name that clients may put into their user name
 * @param dataDir everything durable
 * @param manifest deployment manifest file, watched for changes, or null for no routes
 * @param identities the registry of identities and their credentials
 * @param workload where the workload API listens, {@code unix:PATH} or {@code HOST:PORT}, or null
 */
public record HubConfig(
    String deviceId,
    String hostname,
    String iotHub,
    Path dataDir,
    @Nullable Path manifest,
    Path identities,
    MqttListener mqtt,
    Listener mqtts,
    Listener https,
    Listener admin,
    @Nullable String workload,
    TlsConfig tls,
    StoreConfig store,
    UpstreamConfig upstream,
    DeliveryConfig delivery,
    Limits limits) {

  public HubConfig {
    Objects.requireNonNull(deviceId, "deviceId");
    Objects.requireNonNull(dataDir, "dataDir");
  }

  /**
   * A socket to listen on.
   *
   * @param port 1 to 65535, 0 for any free port, -1 for off
   * @param asked whether the port was set by the operator: then it must be had
   */
  public record Listener(String host, int port, boolean asked) {
    public boolean on() {
      return port >= 0;
    }
  }

  /**
   * The plain MQTT listener.
   *
   * @param trustLocal whether the identity named in CONNECT is believed without a credential
   */
  public record MqttListener(Listener listener, boolean trustLocal) {}

  /**
   * What the hub shows to TLS clients and what it believes of theirs. Without a certificate of the
   * operator's one is made, signed by an authority of the hub's own.
   *
   * @param certificate PEM file of the server's certificate and chain, or null
   * @param key PEM file of its private key, or null
   * @param clientCa PEM file of the authorities that sign client certificates, or null
   */
  public record TlsConfig(
      @Nullable Path certificate, @Nullable Path key, @Nullable Path clientCa) {}

  /**
   * The store.
   *
   * @param durability {@code disk}, {@code os} or {@code memory}
   * @param maxBytes quota in bytes, 0 for none
   * @param whenFull {@code reject}, {@code dropOldest} or {@code dropLowestPriority}
   */
  public record StoreConfig(String durability, long maxBytes, String whenFull) {}

  /** What {@code $upstream} is. */
  public enum UpstreamType {
    /** Messages wait for their time to live. */
    NONE,
    /** A parent edge hub: one connection per sender. */
    HUB,
    /** Any broker that takes IoT Hub topics: one connection. */
    MQTT
  }

  /**
   * Where {@code $upstream} is.
   *
   * @param host set unless the type is {@code NONE}
   * @param trustedCa PEM file, or null for the system's
   */
  public record UpstreamConfig(
      UpstreamType type,
      @Nullable String host,
      int port,
      boolean tls,
      @Nullable Path trustedCa,
      @Nullable String username,
      @Nullable Secret password) {}

  /**
   * How sinks are fed.
   *
   * @param moduleWindow unconfirmed deliveries per module input
   * @param upstreamWindow unconfirmed deliveries to upstream
   */
  public record DeliveryConfig(int moduleWindow, int upstreamWindow) {}

  /**
   * What one peer may cost.
   *
   * @param messageSize body and properties, bytes
   * @param connections open clients
   * @param subscriptions filters per client
   * @param inFlightBytes bytes a client may have sent that are not yet durable
   * @param heldBytes bytes a client may have sent while the store is full
   * @param outboundBytes bytes waiting to be read by a client
   * @param localIdentities identities registered by {@code trustLocal}
   * @param connectSeconds from accept to CONNECT
   * @param poisonCloses closes of a link in a row that make the message under way a dead letter
   * @param deadLetters dead letters of one sink
   * @param deadLetterBytes the same in bytes
   * @param acceptRate connections a second from one address, 0 for any number
   * @param acceptBurst the same at once, after a pause
   * @param acceptRateLoopback {@code acceptRate} for this machine's own addresses
   */
  public record Limits(
      int messageSize,
      int connections,
      int subscriptions,
      int inFlightBytes,
      int heldBytes,
      int outboundBytes,
      int localIdentities,
      int connectSeconds,
      int poisonCloses,
      int deadLetters,
      long deadLetterBytes,
      int acceptRate,
      int acceptBurst,
      int acceptRateLoopback) {}
}
