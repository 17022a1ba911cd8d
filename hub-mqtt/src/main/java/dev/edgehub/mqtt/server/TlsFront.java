package dev.edgehub.mqtt.server;

import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.auth.Transport;
import dev.edgehub.mqtt.session.ConnectionLog;
import dev.edgehub.mqtt.tls.ServerTls;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** The TLS end of a connection's pipeline. What goes wrong in TLS ends here. */
public final class TlsFront extends ChannelInboundHandlerAdapter {

  private final ConnectionLog log;

  private TlsFront(ConnectionLog log) {
    this.log = log;
  }

  /**
   * Puts TLS at the end of a pipeline.
   *
   * @return how the connection came in; to be asked when the handshake is over
   */
  public static Supplier<Origin> build(ChannelPipeline pipeline, ServerTls tls, ConnectionLog log) {
    ConnectionEnd.resets(pipeline.channel());
    SslHandler handler = tls.handler(pipeline.channel().alloc());
    pipeline.addLast(handler);
    pipeline.addLast(new TlsFront(log));
    return () -> new Origin(Transport.TLS, false, ServerTls.shownBy(handler));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
      ConnectionEnd.isOrderly(ctx.channel());
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Throwable why = cause instanceof DecoderException ? cause.getCause() : cause;
    if (why instanceof SSLException) {
      log.warn(
          "tls",
          "A TLS connection was closed remote={} why=\"{}\"",
          ctx.channel().remoteAddress(),
          why.getMessage());
      ctx.close();
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }
}
