package dev.edgehub.mqtt.http;

import dev.edgehub.mqtt.session.ConnectionLog;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Bytes in binary frames. Where a frame ends means nothing: packets may span frames and frames hold
 * several. Never sends a ping, because SDKs mishandle them.
 */
final class WebSocketBytes extends ChannelDuplexHandler {

  private final ConnectionLog log;
  private boolean closing;
  private boolean answerWaits;

  WebSocketBytes(ConnectionLog log) {
    this.log = log;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    WebSocketFrame frame = (WebSocketFrame) message;
    if (closing) {
      frame.release();
    } else if (frame instanceof BinaryWebSocketFrame
        || frame instanceof ContinuationWebSocketFrame) {
      forward(ctx, frame.content());
    } else if (frame instanceof PingWebSocketFrame && ctx.channel().isWritable()) {
      answerWaits = true;
      ctx.write(new PongWebSocketFrame(frame.content()));
    } else if (frame instanceof CloseWebSocketFrame) {
      closing = true;
      ctx.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
    } else {
      boolean data = !(frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame);
      frame.release();
      if (data) {
        end(ctx, WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "expected binary frames, found text");
      }
    }
  }

  private static void forward(ChannelHandlerContext ctx, ByteBuf bytes) {
    if (bytes.isReadable()) {
      ctx.fireChannelRead(bytes);
    } else {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (answerWaits) {
      answerWaits = false;
      ctx.flush();
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ctx.write(
        message instanceof ByteBuf bytes ? new BinaryWebSocketFrame(bytes) : message, promise);
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (!closing) {
      closing = true;
      ctx.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
    }
    ctx.close(promise);
  }

  private void end(ChannelHandlerContext ctx, WebSocketCloseStatus status, String why) {
    if (!closing) {
      closing = true;
      log.warn(
          "web_socket",
          "A WebSocket was closed remote={} why=\"{}\"",
          ctx.channel().remoteAddress(),
          why);
      ctx.writeAndFlush(new CloseWebSocketFrame(status));
    }
    ctx.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      end(ctx, corrupted.closeStatus(), "" + corrupted.getMessage());
    } else if (cause instanceof TooLongFrameException) {
      end(ctx, WebSocketCloseStatus.MESSAGE_TOO_BIG, "a frame larger than allowed");
    } else if (cause instanceof DecoderException) {
      end(ctx, WebSocketCloseStatus.PROTOCOL_ERROR, "" + cause.getMessage());
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }
}
