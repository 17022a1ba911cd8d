package dev.edgehub.mqtt.wire;

import java.util.Locale;

/**
 * Why something was refused or ended (MQTT 5, 2.4). MQTT 3.1.1 has no words for it: there a filter
 * is refused with 0x80, and for everything else the connection is closed.
 */
public enum Reason {
  SUCCESS(0x00),
  DISCONNECT_WITH_WILL(0x04),
  NO_MATCHING_SUBSCRIBERS(0x10),
  NO_SUBSCRIPTION_EXISTED(0x11),
  UNSPECIFIED(0x80),
  MALFORMED_PACKET(0x81),
  PROTOCOL_ERROR(0x82),
  NOT_AUTHORIZED(0x87),
  SERVER_SHUTTING_DOWN(0x8b),
  KEEP_ALIVE_TIMEOUT(0x8d),
  SESSION_TAKEN_OVER(0x8e),
  TOPIC_FILTER_INVALID(0x8f),
  TOPIC_NAME_INVALID(0x90),
  RECEIVE_MAXIMUM_EXCEEDED(0x93),
  TOPIC_ALIAS_INVALID(0x94),
  PACKET_TOO_LARGE(0x95),
  QUOTA_EXCEEDED(0x97),
  ADMINISTRATIVE_ACTION(0x98),
  PAYLOAD_FORMAT_INVALID(0x99),
  RETAIN_NOT_SUPPORTED(0x9a),
  QOS_NOT_SUPPORTED(0x9b),
  SHARED_SUBSCRIPTIONS_NOT_SUPPORTED(0x9e),
  MAXIMUM_CONNECT_TIME(0xa0),
  SUBSCRIPTION_IDS_NOT_SUPPORTED(0xa1);

  private final int code;

  Reason(int code) {
    this.code = code;
  }

  /** Its name in lower case, as a label of metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason code on the wire. */
  public int code() {
    return code;
  }
}
