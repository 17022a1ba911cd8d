package dev.edgehub.mqtt.wire;

/**
 * The answer to CONNECT, with its code in MQTT 3.1.1 (section 3.2.2.3) and 5 (section 3.2.2.2).
 * Azure's SDKs come back after {@link #UNAVAILABLE} and never after the others.
 */
public enum ConnectCode {
  ACCEPTED(0, 0x00),
  UNSUPPORTED_VERSION(1, 0x84),
  BAD_CLIENT_ID(2, 0x85),
  UNAVAILABLE(3, 0x88),
  BAD_USER_NAME(4, 0x86),
  NOT_AUTHORIZED(5, 0x87),

  // what only MQTT 5 can ask for, and so can be refused
  MALFORMED(5, 0x81),
  PROTOCOL_ERROR(5, 0x82),
  BAD_AUTHENTICATION_METHOD(5, 0x8c),
  QUOTA_EXCEEDED(5, 0x97),
  WILL_RETAIN_NOT_SUPPORTED(5, 0x9a),
  WILL_QOS_NOT_SUPPORTED(5, 0x9b);

  private final int code;
  private final int reason;

  ConnectCode(int code, int reason) {
    this.code = code;
    this.reason = reason;
  }

  int code(int level) {
    return level >= 5 ? reason : code;
  }

  /** How a CONNECT is refused that broke the protocol in that way. */
  static ConnectCode of(Reason reason) {
    return switch (reason) {
      case MALFORMED_PACKET -> MALFORMED;
      case QUOTA_EXCEEDED -> QUOTA_EXCEEDED;
      default -> PROTOCOL_ERROR;
    };
  }
}
