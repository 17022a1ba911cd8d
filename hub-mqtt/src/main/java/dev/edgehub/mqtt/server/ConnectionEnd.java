package dev.edgehub.mqtt.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

/**
 * How a connection ends when the hub closes it. Azure's Java SDK gives up for good when a
 * connection ends in an orderly way before the TLS handshake is over, and tries again when it is
 * reset; so until then every close is a reset, that of a hub that stops or is killed, too.
 */
final class ConnectionEnd {

  private ConnectionEnd() {}

  /** From now on closing resets the connection. */
  static void resets(Channel channel) {
    linger(channel, 0);
  }

  /** From now on what was written still reaches the client. */
  static void isOrderly(Channel channel) {
    linger(channel, -1);
  }

  private static void linger(Channel channel, int seconds) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, seconds);
    }
  }
}
