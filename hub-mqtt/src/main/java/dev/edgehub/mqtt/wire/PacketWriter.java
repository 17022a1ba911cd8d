package dev.edgehub.mqtt.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** Turns packets into bytes (MQTT 3.1.1, chapter 3). */
@ChannelHandler.Sharable
public final class PacketWriter extends ChannelOutboundHandlerAdapter {

  private static final int MAX_REMAINING_LENGTH = 268_435_455;

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof Packet packet) {
      ctx.write(bytes(ctx, packet), promise);
    } else {
      ctx.write(message, promise);
    }
  }

  private static ByteBuf bytes(ChannelHandlerContext ctx, Packet packet) {
    if (packet instanceof Packet.Publish publish) {
      return publish(ctx, publish);
    }
    if (packet instanceof Packet.PubAcks acks) {
      return pubAcks(ctx, acks);
    }
    if (packet instanceof Packet.ConnAck ack) {
      return connAck(ctx, ack);
    }
    if (packet instanceof Packet.SubAck ack) {
      return subAck(ctx, ack);
    }
    if (packet instanceof Packet.UnsubAck ack) {
      return ctx.alloc().ioBuffer(4).writeShort(0xb002).writeShort(ack.packetId());
    }
    if (packet instanceof Packet.PingResp) {
      return ctx.alloc().ioBuffer(2).writeShort(0xd000);
    }
    throw new IllegalArgumentException("a server does not send " + packet);
  }

  private static ByteBuf publish(ChannelHandlerContext ctx, Packet.Publish publish) {
    int topicBytes = ByteBufUtil.utf8Bytes(publish.topic());
    int remaining = 2 + topicBytes + (publish.qos() > 0 ? 2 : 0) + publish.payload().length;
    if (topicBytes > 0xffff || remaining > MAX_REMAINING_LENGTH) {
      throw new IllegalArgumentException("a topic has at most 65535 bytes, this one " + topicBytes);
    }
    ByteBuf out = ctx.alloc().ioBuffer(5 + remaining);
    out.writeByte(
        0x30 | (publish.duplicate() ? 8 : 0) | (publish.qos() << 1) | (publish.retain() ? 1 : 0));
    length(out, remaining);
    out.writeShort(topicBytes);
    ByteBufUtil.reserveAndWriteUtf8(out, publish.topic(), topicBytes);
    if (publish.qos() > 0) {
      out.writeShort(publish.packetId());
    }
    return out.writeBytes(publish.payload());
  }

  private static void length(ByteBuf out, int remaining) {
    int rest = remaining;
    while (rest > 0x7f) {
      out.writeByte(rest | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  private static ByteBuf pubAcks(ChannelHandlerContext ctx, Packet.PubAcks acks) {
    ByteBuf out = ctx.alloc().ioBuffer(4 * acks.count());
    for (int i = 0; i < acks.count(); i++) {
      out.writeInt(0x4002_0000 | acks.packetIds()[i]);
    }
    return out;
  }

  private static ByteBuf connAck(ChannelHandlerContext ctx, Packet.ConnAck ack) {
    ByteBuf out = ctx.alloc().ioBuffer(5);
    out.writeByte(0x20).writeByte(ack.level() >= 5 ? 3 : 2);
    out.writeByte(ack.sessionPresent() ? 1 : 0).writeByte(ack.code().code(ack.level()));
    if (ack.level() >= 5) {
      out.writeByte(0); // no properties
    }
    return out;
  }

  private static ByteBuf subAck(ChannelHandlerContext ctx, Packet.SubAck ack) {
    int remaining = 2 + ack.granted().size();
    ByteBuf out = ctx.alloc().ioBuffer(5 + remaining).writeByte(0x90);
    length(out, remaining);
    out.writeShort(ack.packetId());
    ack.granted().forEach(out::writeByte);
    return out;
  }
}
