package dev.edgehub.mqtt.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An MQTT packet, in or out. */
public sealed interface Packet {

  /**
   * CONNECT.
   *
   * @param level protocol level: 3 is MQTT 3.1, 4 is 3.1.1, 5 is 5
   * @param cleanSession in MQTT 5, clean start
   * @param keepAliveSeconds 0 for none
   */
  record Connect(
      int level,
      String clientId,
      @Nullable String userName,
      byte @Nullable [] password,
      boolean cleanSession,
      int keepAliveSeconds,
      @Nullable Will will,
      ConnectProperties properties)
      implements Packet {

    /** Of MQTT 3.1.1. */
    public Connect(
        int level,
        String clientId,
        @Nullable String userName,
        byte @Nullable [] password,
        boolean cleanSession,
        int keepAliveSeconds,
        @Nullable Will will) {
      this(
          level,
          clientId,
          userName,
          password,
          cleanSession,
          keepAliveSeconds,
          will,
          ConnectProperties.NONE);
    }

    /** How long the session outlives the connection; MQTT 3.1.1 knows only not at all and ever. */
    public long sessionExpirySeconds() {
      if (level >= 5) {
        return properties.sessionExpirySeconds();
      }
      return cleanSession ? 0 : ConnectProperties.NEVER;
    }
  }

  /** A CONNECT of MQTT 5 that is against the rules and can be told so. */
  record BadConnect(ConnectCode code, String why) implements Packet {}

  /**
   * What a client wants published when it vanishes.
   *
   * @param delaySeconds how long after that, unless the client comes back (MQTT 5, 3.1.3.2.2)
   */
  record Will(
      String topic,
      int qos,
      byte[] payload,
      boolean retain,
      long delaySeconds,
      PublishProperties properties) {

    /** Of MQTT 3.1.1. */
    public Will(String topic, byte[] payload, boolean retain) {
      this(topic, 1, payload, retain, 0, PublishProperties.NONE);
    }
  }

  /**
   * CONNACK; its form depends on the level that CONNECT asked for.
   *
   * @param properties of MQTT 5; null before it
   */
  record ConnAck(
      int level, ConnectCode code, boolean sessionPresent, @Nullable ConnAckProperties properties)
      implements Packet {

    /** Of MQTT 3.1.1, or with nothing more to say. */
    public ConnAck(int level, ConnectCode code, boolean sessionPresent) {
      this(level, code, sessionPresent, null);
    }
  }

  /**
   * PUBLISH, either way.
   *
   * @param packetId 0 for QoS 0
   * @param properties of MQTT 5; null before it
   */
  record Publish(
      String topic,
      int qos,
      boolean duplicate,
      boolean retain,
      int packetId,
      byte[] payload,
      @Nullable PublishProperties properties)
      implements Packet {

    /** Of MQTT 3.1.1. */
    public Publish(
        String topic, int qos, boolean duplicate, boolean retain, int packetId, byte[] payload) {
      this(topic, qos, duplicate, retain, packetId, payload, null);
    }
  }

  /**
   * PUBACK from a client.
   *
   * @param reason its code in MQTT 5; from 0x80 on the client has refused the message
   */
  record PubAck(int packetId, int reason) implements Packet {
    public PubAck(int packetId) {
      this(packetId, 0);
    }
  }

  /**
   * PUBACKs to a client, written as one.
   *
   * @param packetIds the first {@code count} are meant; above the 16 bits of the id is the reason
   *     code, which is 0 in MQTT 3.1.1
   */
  record PubAcks(int[] packetIds, int count) implements Packet {

    /** An id with its reason, as {@link #packetIds} has them. */
    public static int of(int packetId, Reason reason) {
      return packetId | reason.code() << 16;
    }
  }

  /**
   * SUBSCRIBE.
   *
   * @param identified whether it has a subscription identifier (MQTT 5, 3.8.2.1.2)
   */
  record Subscribe(int packetId, List<Subscription> subscriptions, boolean identified)
      implements Packet {
    public Subscribe(int packetId, List<Subscription> subscriptions) {
      this(packetId, subscriptions, false);
    }
  }

  /**
   * One filter of a SUBSCRIBE and the QoS asked for. The options of MQTT 5 (3.8.3.1) need no place:
   * nothing is retained, and a client's deliveries are never its own publishes.
   */
  record Subscription(String filter, int qos) {}

  /**
   * SUBACK.
   *
   * @param granted the granted QoS of each filter; {@link #REFUSED}, or in MQTT 5 a reason code
   */
  record SubAck(int level, int packetId, List<Integer> granted) implements Packet {
    /** A filter that will never deliver (MQTT 3.1.1, 3.9.3). */
    public static final int REFUSED = 0x80;

    /** Of MQTT 3.1.1. */
    public SubAck(int packetId, List<Integer> granted) {
      this(4, packetId, granted);
    }
  }

  /** UNSUBSCRIBE. */
  record Unsubscribe(int packetId, List<String> filters) implements Packet {}

  /**
   * UNSUBACK.
   *
   * @param reasons a code for each filter; not written in MQTT 3.1.1
   */
  record UnsubAck(int level, int packetId, List<Integer> reasons) implements Packet {
    /** Of MQTT 3.1.1. */
    public UnsubAck(int packetId) {
      this(4, packetId, List.of());
    }
  }

  /** PINGREQ. */
  record PingReq() implements Packet {}

  /** PINGRESP. */
  record PingResp() implements Packet {}

  /**
   * DISCONNECT from a client.
   *
   * @param reason its code in MQTT 5
   * @param sessionExpirySeconds in MQTT 5, in place of what CONNECT said; −1 to leave it
   */
  record Disconnect(int reason, long sessionExpirySeconds) implements Packet {
    public Disconnect() {
      this(0, -1);
    }
  }

  /** DISCONNECT to a client of MQTT 5, with the reason in words, if it wants them. */
  record Farewell(Reason reason, @Nullable String why) implements Packet {}

  /** A well-formed packet that a client must not send here. */
  record Unexpected(String type) implements Packet {}
}
