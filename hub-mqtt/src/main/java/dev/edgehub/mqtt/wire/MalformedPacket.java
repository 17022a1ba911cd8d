package dev.edgehub.mqtt.wire;

/** A peer broke the protocol. Stackless: the peer's fault is no news about our code. */
public final class MalformedPacket extends RuntimeException {

  public MalformedPacket(String message) {
    super(message, null, false, false);
  }
}
