package dev.edgehub.mqtt.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Looks at each packet's fixed header for what Netty's decoder forgives: wrong flags (MQTT-2.2.2-2)
 * and a remaining length in more bytes than it takes (MQTT-1.5.5-1). Passes on the bytes before a
 * bad header, and nothing after it. Belongs to the channel's event loop.
 */
public final class HeaderCheck extends ChannelInboundHandlerAdapter {

  private static final int PUBLISH = 3;
  private static final int MOST_DIGITS = 4;

  /** How many bytes of the remaining length have been read; -1 before the first byte. */
  private int digits = -1;

  private int length;

  /** Bytes of the present packet still to come. */
  private int rest;

  private boolean refused;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (refused) {
      ReferenceCountUtil.release(message);
      return;
    }
    int end = bytes.writerIndex();
    int good = bytes.readerIndex();
    int at = good;
    while (at < end) {
      if (rest > 0) {
        int skipped = Math.min(rest, end - at);
        rest -= skipped;
        at += skipped;
      } else if (!isGood(bytes.getByte(at++) & 0xff)) {
        refuse(ctx, bytes, good);
        return;
      }
      if (digits < 0) {
        good = at; // a whole packet, or a part of its body
      }
    }
    ctx.fireChannelRead(message);
  }

  private boolean isGood(int octet) {
    if (digits < 0) {
      digits = 0;
      length = 0;
      int type = octet >> 4;
      int flags = octet & 0x0f;
      return type == PUBLISH || flags == (type == 6 || type == 8 || type == 10 ? 2 : 0);
    }
    length |= (octet & 0x7f) << (7 * digits++);
    if ((octet & 0x80) != 0) {
      return digits < MOST_DIGITS;
    }
    boolean padded = digits > 1 && octet == 0;
    rest = length;
    digits = -1;
    return !padded;
  }

  private void refuse(ChannelHandlerContext ctx, ByteBuf bytes, int good) {
    refused = true;
    int length = good - bytes.readerIndex();
    if (length > 0) {
      ctx.fireChannelRead(bytes.readRetainedSlice(length));
    }
    bytes.release();
    throw new MalformedPacket("a packet whose first byte or remaining length is not MQTT");
  }
}
