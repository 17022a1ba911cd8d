package dev.edgehub.mqtt.workload;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one request and closes the connection, which clients without HTTP library wait for. */
final class WorkloadHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger log = LoggerFactory.getLogger(WorkloadHandler.class);

  private final WorkloadApi api;
  private final Predicate<String> isOwnHost;
  private final Executor blocking;
  private boolean asked;

  /**
   * A handler for one connection.
   *
   * @param isOwnHost which Host headers are the listener's: no web page may ask in its name
   */
  WorkloadHandler(WorkloadApi api, Predicate<String> isOwnHost, Executor blocking) {
    this.api = api;
    this.isOwnHost = isOwnHost;
    this.blocking = blocking;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (asked) {
      return; // the connection is closed after the first answer
    }
    asked = true;
    if (request.decoderResult().isFailure()) {
      send(ctx, WorkloadAnswer.badRequest("expected an HTTP/1.1 request, found another form"));
      return;
    }
    if (!isOwnHost.test(request.headers().get(HttpHeaderNames.HOST, ""))) {
      send(ctx, WorkloadAnswer.forbidden("the Host header is not this listener's"));
      return;
    }
    String method = request.method().name();
    String uri = request.uri();
    byte[] body = ByteBufUtil.getBytes(request.content());
    try {
      blocking.execute(() -> answer(ctx, method, uri, body));
    } catch (RejectedExecutionException e) {
      ctx.close(); // the hub ends
    }
  }

  private void answer(ChannelHandlerContext ctx, String method, String uri, byte[] body) {
    WorkloadAnswer answer;
    try {
      answer = api.answer(method, uri, body);
    } catch (RuntimeException e) {
      log.error("A request to the workload API failed; this is a defect", e);
      answer = WorkloadAnswer.failed("a defect of the hub; see its log");
    }
    send(ctx, answer);
  }

  /** Any thread. */
  static void send(ChannelHandlerContext ctx, WorkloadAnswer answer) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            answer.status(),
            Unpooled.copiedBuffer(answer.json(), StandardCharsets.US_ASCII));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    response.headers().set(HttpHeaderNames.CONNECTION, "close");
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException) && !(cause instanceof ReadTimeoutException)) {
      log.warn("A connection to the workload API was closed why=\"{}\"", cause.toString());
    }
    ctx.close();
  }
}
