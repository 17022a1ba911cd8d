package dev.edgehub.mqtt.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Counts a connection's bytes of MQTT, both ways. Belongs to the channel's event loop. */
public final class Traffic extends ChannelDuplexHandler {

  private long bytesIn;
  private long bytesOut;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes) {
      bytesIn += bytes.readableBytes();
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      bytesOut += bytes.readableBytes();
    }
    ctx.write(message, promise);
  }

  /** Bytes read from the client. */
  public long bytesIn() {
    return bytesIn;
  }

  /** Bytes written towards the client; some may still wait in its socket. */
  public long bytesOut() {
    return bytesOut;
  }
}
