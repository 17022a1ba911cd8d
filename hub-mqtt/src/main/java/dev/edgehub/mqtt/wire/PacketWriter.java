package dev.edgehub.mqtt.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.List;

/** Turns packets into bytes (MQTT 3.1.1 and 5, chapter 3). */
@ChannelHandler.Sharable
public final class PacketWriter extends ChannelOutboundHandlerAdapter {

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
      return codes(ctx, 0x90, ack.level(), ack.packetId(), ack.granted());
    }
    if (packet instanceof Packet.UnsubAck ack) {
      List<Integer> reasons = ack.level() >= 5 ? ack.reasons() : List.of();
      return codes(ctx, 0xb0, ack.level(), ack.packetId(), reasons);
    }
    if (packet instanceof Packet.Farewell farewell) {
      return farewell(ctx, farewell);
    }
    if (packet instanceof Packet.PingResp) {
      return ctx.alloc().ioBuffer(2).writeShort(0xd000);
    }
    throw new IllegalArgumentException("a server does not send " + packet);
  }

  private static ByteBuf publish(ChannelHandlerContext ctx, Packet.Publish publish) {
    int topicBytes = ByteBufUtil.utf8Bytes(publish.topic());
    PublishProperties properties = publish.properties();
    int propertyBytes = properties == null ? 0 : PropertyWriter.size(properties);
    int remaining = remaining(publish, topicBytes, propertyBytes);
    if (topicBytes > 0xffff || remaining > VariableNumber.MAX) {
      throw new IllegalArgumentException("a topic has at most 65535 bytes, this one " + topicBytes);
    }
    ByteBuf out = ctx.alloc().ioBuffer(5 + remaining);
    out.writeByte(
        0x30 | (publish.duplicate() ? 8 : 0) | (publish.qos() << 1) | (publish.retain() ? 1 : 0));
    VariableNumber.write(remaining, out);
    out.writeShort(topicBytes);
    ByteBufUtil.reserveAndWriteUtf8(out, publish.topic(), topicBytes);
    if (publish.qos() > 0) {
      out.writeShort(publish.packetId());
    }
    if (properties != null) {
      PropertyWriter.write(properties, propertyBytes, out);
    }
    return out.writeBytes(publish.payload());
  }

  private static int remaining(Packet.Publish publish, int topicBytes, int propertyBytes) {
    int remaining = 2 + topicBytes + (publish.qos() > 0 ? 2 : 0) + publish.payload().length;
    return publish.properties() == null
        ? remaining
        : remaining + VariableNumber.size(propertyBytes) + propertyBytes;
  }

  /** How many bytes a PUBLISH takes on the wire. */
  public static long size(Packet.Publish publish) {
    PublishProperties properties = publish.properties();
    int remaining =
        remaining(
            publish,
            ByteBufUtil.utf8Bytes(publish.topic()),
            properties == null ? 0 : PropertyWriter.size(properties));
    return 1L + VariableNumber.size(remaining) + remaining;
  }

  private static ByteBuf pubAcks(ChannelHandlerContext ctx, Packet.PubAcks acks) {
    ByteBuf out = ctx.alloc().ioBuffer(5 * acks.count());
    for (int i = 0; i < acks.count(); i++) {
      int id = acks.packetIds()[i];
      if (id >>> 16 == 0) {
        out.writeInt(0x4002_0000 | id);
      } else {
        out.writeShort(0x4003).writeShort(id).writeByte(id >>> 16);
      }
    }
    return out;
  }

  private static ByteBuf connAck(ChannelHandlerContext ctx, Packet.ConnAck ack) {
    if (ack.level() < 5) {
      ByteBuf out = ctx.alloc().ioBuffer(4).writeShort(0x2002);
      return out.writeByte(ack.sessionPresent() ? 1 : 0).writeByte(ack.code().code(ack.level()));
    }
    ByteBuf properties = ctx.alloc().ioBuffer();
    try {
      if (ack.properties() != null) {
        PropertyWriter.write(ack.properties(), ack.code() == ConnectCode.ACCEPTED, properties);
      }
      int length = properties.readableBytes();
      int remaining = 2 + VariableNumber.size(length) + length;
      ByteBuf out = ctx.alloc().ioBuffer(5 + remaining).writeByte(0x20);
      VariableNumber.write(remaining, out);
      out.writeByte(ack.sessionPresent() ? 1 : 0).writeByte(ack.code().code(ack.level()));
      VariableNumber.write(length, out);
      return out.writeBytes(properties);
    } finally {
      properties.release();
    }
  }

  private static ByteBuf codes(
      ChannelHandlerContext ctx, int first, int level, int packetId, List<Integer> codes) {
    int remaining = 2 + (level >= 5 ? 1 : 0) + codes.size();
    ByteBuf out = ctx.alloc().ioBuffer(5 + remaining).writeByte(first);
    VariableNumber.write(remaining, out);
    out.writeShort(packetId);
    if (level >= 5) {
      out.writeByte(0); // no properties
    }
    codes.forEach(out::writeByte);
    return out;
  }

  private static ByteBuf farewell(ChannelHandlerContext ctx, Packet.Farewell farewell) {
    if (farewell.why() == null) {
      return ctx.alloc().ioBuffer(3).writeShort(0xe001).writeByte(farewell.reason().code());
    }
    int length = PropertyWriter.reasonSize(farewell.why());
    int remaining = 1 + VariableNumber.size(length) + length;
    ByteBuf out = ctx.alloc().ioBuffer(5 + remaining).writeByte(0xe0);
    VariableNumber.write(remaining, out);
    out.writeByte(farewell.reason().code());
    VariableNumber.write(length, out);
    PropertyWriter.writeReason(farewell.why(), out);
    return out;
  }
}
