package dev.edgehub.mqtt.wire;

/** A peer broke the protocol. Stackless: the peer's fault is no news about our code. */
public final class MalformedPacket extends RuntimeException {

  private final Reason reason;

  /** A packet that cannot be read. */
  public MalformedPacket(String message) {
    this(Reason.MALFORMED_PACKET, message);
  }

  /** A packet that can be read and is still against the rules. */
  public MalformedPacket(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** What an MQTT 5 client is told. */
  public Reason reason() {
    return reason;
  }
}
