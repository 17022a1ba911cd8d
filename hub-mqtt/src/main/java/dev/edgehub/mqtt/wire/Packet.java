package dev.edgehub.mqtt.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An MQTT packet, in or out. */
public sealed interface Packet {

  /**
   * CONNECT.
   *
   * @param level protocol level: 3 is MQTT 3.1, 4 is 3.1.1, 5 is 5
   * @param keepAliveSeconds 0 for none
   */
  record Connect(
      int level,
      String clientId,
      @Nullable String userName,
      byte @Nullable [] password,
      boolean cleanSession,
      int keepAliveSeconds,
      @Nullable Will will)
      implements Packet {}

  /** What a client wants published when it vanishes. */
  record Will(String topic, byte[] payload, boolean retain) {}

  /** CONNACK; its form depends on the level that CONNECT asked for. */
  record ConnAck(int level, ConnectCode code, boolean sessionPresent) implements Packet {}

  /**
   * PUBLISH, either way.
   *
   * @param packetId 0 for QoS 0
   */
  record Publish(
      String topic, int qos, boolean duplicate, boolean retain, int packetId, byte[] payload)
      implements Packet {}

  /** PUBACK from a client. */
  record PubAck(int packetId) implements Packet {}

  /**
   * PUBACKs to a client, written as one.
   *
   * @param packetIds the first {@code count} are meant
   */
  record PubAcks(int[] packetIds, int count) implements Packet {}

  /** SUBSCRIBE. */
  record Subscribe(int packetId, List<Subscription> subscriptions) implements Packet {}

  /** One filter of a SUBSCRIBE and the QoS asked for. */
  record Subscription(String filter, int qos) {}

  /** SUBACK: the granted QoS of each filter, or {@link #REFUSED}. */
  record SubAck(int packetId, List<Integer> granted) implements Packet {
    /** A filter that will never deliver (MQTT 3.1.1, 3.9.3). */
    public static final int REFUSED = 0x80;
  }

  /** UNSUBSCRIBE. */
  record Unsubscribe(int packetId, List<String> filters) implements Packet {}

  /** UNSUBACK. */
  record UnsubAck(int packetId) implements Packet {}

  /** PINGREQ. */
  record PingReq() implements Packet {}

  /** PINGRESP. */
  record PingResp() implements Packet {}

  /** DISCONNECT from a client. */
  record Disconnect() implements Packet {}

  /** A well-formed packet that a client must not send here. */
  record Unexpected(String type) implements Packet {}
}
