package dev.edgehub.mqtt.session;

import dev.edgehub.mqtt.wire.ConnAckProperties;
import dev.edgehub.mqtt.wire.ConnectProperties;
import dev.edgehub.mqtt.wire.Packet;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/**
 * What client and hub agreed on for one connection.
 *
 * @param level 4 is MQTT 3.1.1, 5 is 5
 * @param keepAliveSeconds in force; 0 for none, which only MQTT 3.1.1 can have
 * @param sessionExpirySeconds how long the session outlives the connection
 * @param receiveMaximum unacknowledged deliveries the client takes
 * @param maximumPacketSize bytes of the largest packet the client takes
 * @param reasons whether the client wants reasons in words
 */
record Terms(
    int level,
    int keepAliveSeconds,
    long sessionExpirySeconds,
    int receiveMaximum,
    long maximumPacketSize,
    boolean reasons) {

  /** Unacknowledged PUBLISHes that an MQTT 5 client may have. */
  static final int RECEIVE_MAXIMUM = 1_000;

  /** Topic aliases that an MQTT 5 client may have. */
  static final int TOPIC_ALIASES = 16;

  /** A client that can be told is heard of at least every ten minutes. */
  private static final int MAX_KEEP_ALIVE_SECONDS = 400;

  private static final long SILENCE_MILLIS = 600_000;

  /** The longest that IoT Hub waits for a client that cannot be told. */
  private static final long MAX_SILENCE_MILLIS = 1_767_000;

  static Terms of(Packet.Connect connect) {
    int keepAlive = connect.keepAliveSeconds();
    if (connect.level() >= 5 && (keepAlive == 0 || keepAlive > MAX_KEEP_ALIVE_SECONDS)) {
      keepAlive = MAX_KEEP_ALIVE_SECONDS;
    }
    ConnectProperties asked = connect.properties();
    return new Terms(
        connect.level(),
        keepAlive,
        connect.sessionExpirySeconds(),
        asked.receiveMaximum(),
        asked.maximumPacketSize(),
        asked.problemInformation());
  }

  boolean isFive() {
    return level >= 5;
  }

  /**
   * Notices silence: of the client after one and a half keep-alives, of both sides after ten
   * minutes when the client named none.
   */
  IdleStateHandler watch() {
    long silence = Math.min(1_500L * keepAliveSeconds, MAX_SILENCE_MILLIS);
    return keepAliveSeconds == 0
        ? new IdleStateHandler(0, 0, SILENCE_MILLIS, TimeUnit.MILLISECONDS)
        : new IdleStateHandler(silence, 0, 0, TimeUnit.MILLISECONDS);
  }

  /** What CONNACK says of it; the maximum packet size is that of the pipeline. */
  ConnAckProperties announced(Packet.Connect connect, String clientId, int maximumPacketSize) {
    return new ConnAckProperties(
        ConnAckProperties.UNSAID,
        keepAliveSeconds == connect.keepAliveSeconds()
            ? ConnAckProperties.UNSAID
            : keepAliveSeconds,
        RECEIVE_MAXIMUM,
        maximumPacketSize,
        TOPIC_ALIASES,
        connect.clientId().isEmpty() ? clientId : null,
        null);
  }
}
