package dev.edgehub.mqtt.http;

import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.session.SessionServices;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests one after the other and answers each, or makes the connection a WebSocket. A
 * second request before the first is answered ends the connection.
 */
final class RequestHandler extends ChannelInboundHandlerAdapter {

  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

  private final SessionServices services;
  private final List<HttpService> routes;
  private final Supplier<Origin> origin;
  private final ArrivalDeadline deadline;
  private Phase phase = Phase.WAITING;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private @Nullable HttpRequest head;
  private @Nullable HttpService service;

  private enum Phase {
    WAITING,
    /** Of a request that will be answered when its body is whole. */
    BODY,
    /** Of a request that is refused already; its body is read and forgotten, then closed. */
    REFUSED,
    ANSWERING
  }

  RequestHandler(
      SessionServices services,
      List<HttpService> routes,
      Supplier<Origin> origin,
      ArrivalDeadline deadline) {
    this.services = services;
    this.routes = routes;
    this.origin = origin;
    this.deadline = deadline;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof HttpRequest request) {
        begin(ctx, request);
      }
      if (message instanceof HttpContent content) {
        take(ctx, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    if (phase != Phase.WAITING) {
      ctx.close();
      return;
    }
    if (request.decoderResult().isFailure()) {
      boolean tooLong = request.decoderResult().cause() instanceof TooLongFrameException;
      refuse(
          ctx,
          HttpAnswer.message(
              tooLong ? 431 : 400,
              tooLong ? "the request line or a header is too long" : "this is no HTTP request"));
      return;
    }
    String path = pathOf(request.uri());
    if (path.equals(WebSocketUpgrade.PATH)) {
      head = request;
      phase = Phase.BODY;
      return;
    }
    HttpService found = null;
    for (HttpService route : routes) {
      if (found == null && route.serves(path)) {
        found = route;
      }
    }
    if (found == null) {
      refuse(ctx, HttpAnswer.message(404, "nothing is served at this path"));
    } else if (HttpUtil.getContentLength(request, 0L) > found.maxBodyBytes()) {
      refuse(ctx, tooLarge(found));
    } else {
      head = request;
      service = found;
      phase = Phase.BODY;
      if (HttpUtil.is100ContinueExpected(request)) {
        ctx.writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
      }
    }
  }

  private static HttpAnswer tooLarge(HttpService found) {
    return HttpAnswer.message(
        413, "expected a body of at most " + found.maxBodyBytes() + " bytes, found a larger one");
  }

  private static String pathOf(String uri) {
    try {
      return new QueryStringDecoder(uri).path();
    } catch (IllegalArgumentException e) {
      return ""; // a percent sign without its digits: nobody's
    }
  }

  private void take(ChannelHandlerContext ctx, HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (phase == Phase.REFUSED) {
      if (last) {
        ctx.close();
      }
      return;
    }
    HttpRequest request = head;
    if (phase != Phase.BODY || request == null) {
      return;
    }
    if (content.decoderResult().isFailure()) {
      refuse(ctx, HttpAnswer.message(400, "the body is not as its headers say"));
      ctx.close();
      return;
    }
    HttpService present = service;
    int most = present == null ? 0 : present.maxBodyBytes();
    if (body.size() + content.content().readableBytes() > most) {
      refuse(
          ctx,
          present == null
              ? HttpAnswer.message(400, "a WebSocket upgrade has no body")
              : tooLarge(present));
    } else {
      body.writeBytes(ByteBufUtil.getBytes(content.content()));
    }
    if (!last) {
      return;
    }
    if (phase == Phase.REFUSED) {
      ctx.close();
    } else if (present == null) {
      upgrade(ctx, request);
    } else {
      answer(ctx, request, present);
    }
  }

  private void upgrade(ChannelHandlerContext ctx, HttpRequest request) {
    HttpAnswer refusal = WebSocketUpgrade.refusalOf(request);
    if (refusal == null) {
      WebSocketUpgrade.perform(ctx, this, request, services, origin, deadline);
    } else {
      refuse(ctx, refusal);
      ctx.close();
    }
  }

  private void answer(ChannelHandlerContext ctx, HttpRequest request, HttpService present) {
    deadline.met();
    phase = Phase.ANSWERING;
    String uri = request.uri();
    int question = uri.indexOf('?');
    HttpCall call =
        new HttpCall(
            request.method().name(),
            pathOf(uri),
            question < 0 ? "" : uri.substring(question + 1),
            request.headers(),
            body.toByteArray(),
            origin.get());
    boolean keep = HttpUtil.isKeepAlive(request);
    head = null;
    service = null;
    body.reset();
    present
        .answer(call)
        .whenComplete(
            (answer, failure) ->
                ctx.executor()
                    .execute(
                        () -> {
                          if (failure != null) {
                            log.error("A request could not be answered; this is a defect", failure);
                          }
                          answered(
                              ctx,
                              failure == null
                                  ? answer
                                  : HttpAnswer.message(500, "the hub failed; see its log"),
                              keep);
                        }));
  }

  private void answered(ChannelHandlerContext ctx, HttpAnswer answer, boolean keep) {
    if (keep) {
      phase = Phase.WAITING;
      ctx.writeAndFlush(response(answer, true));
      deadline.again();
    } else {
      phase = Phase.REFUSED;
      ctx.writeAndFlush(response(answer, false)).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Answers at once; the connection ends with the request, or when its time is over. */
  private void refuse(ChannelHandlerContext ctx, HttpAnswer answer) {
    phase = Phase.REFUSED;
    head = null;
    body.reset();
    services.hub().meters().clientRefused("http_" + answer.status());
    ctx.writeAndFlush(response(answer, false));
  }

  private static FullHttpResponse response(HttpAnswer answer, boolean keep) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(answer.json()));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, answer.json().length)
        .set(
            HttpHeaderNames.CONNECTION,
            keep ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    if (answer.status() == HttpResponseStatus.UPGRADE_REQUIRED.code()) {
      response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, WebSocketUpgrade.VERSION);
    }
    return response;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      log.debug("A connection broke remote={} why={}", ctx.channel().remoteAddress(), "" + cause);
    } else {
      log.error("A connection was closed by a defect of the hub", cause);
    }
    ctx.close();
  }
}
