package dev.edgehub.mqtt.server;

import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.session.SessionServices;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.HexFormat;

/** A connection that is fed with bytes and answers in hexadecimal digits, without a socket. */
final class EmbeddedPipeline {

  private EmbeddedPipeline() {}

  static EmbeddedChannel open(SessionServices services) {
    EmbeddedChannel channel = new EmbeddedChannel();
    MqttPipeline.build(channel.pipeline(), services, () -> Origin.LOCAL, () -> {});
    channel.pipeline().fireChannelActive();
    return channel;
  }

  static void write(EmbeddedChannel channel, byte[] bytes) {
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.copiedBuffer(bytes));
    }
  }

  static String answers(EmbeddedChannel channel) {
    channel.runPendingTasks();
    StringBuilder hex = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      hex.append(HexFormat.of().formatHex(ByteBufUtil.getBytes(out)));
      out.release();
    }
    return hex.toString();
  }

  /** Ends a connection; an exception that nobody took would come out here. */
  static void finish(EmbeddedChannel channel) {
    channel.finishAndReleaseAll();
    channel.checkException();
  }

  static byte[] flipped(byte[] packet, int bit) {
    byte[] copy = packet.clone();
    copy[bit / 8] ^= (byte) (1 << (bit % 8));
    return copy;
  }
}
