package dev.edgehub.mqtt.server;

import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.tls.ServerTls;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TLS end of a connection's pipeline. What goes wrong in TLS ends here. */
public final class TlsFront extends ChannelInboundHandlerAdapter {

  private static final Logger log = LoggerFactory.getLogger(TlsFront.class);

  private TlsFront() {}

  /**
   * Puts TLS at the end of a pipeline.
   *
   * @return how the connection came in; to be asked when the handshake is over
   */
  public static Supplier<Origin> build(ChannelPipeline pipeline, ServerTls tls) {
    SslHandler handler = tls.handler(pipeline.channel().alloc());
    pipeline.addLast(handler);
    pipeline.addLast(new TlsFront());
    return () -> new Origin(false, ServerTls.shownBy(handler));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Throwable why = cause instanceof DecoderException ? cause.getCause() : cause;
    if (why instanceof SSLException) {
      log.warn(
          "A TLS connection was closed remote={} why=\"{}\"",
          ctx.channel().remoteAddress(),
          why.getMessage());
      ctx.close();
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }
}
