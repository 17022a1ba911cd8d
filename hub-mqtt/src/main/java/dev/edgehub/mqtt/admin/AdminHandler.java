package dev.edgehub.mqtt.admin;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.hub.HubHealth;
import dev.edgehub.hub.QueueReport;
import dev.edgehub.mqtt.upstream.UpstreamStatus;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one HTTP request. The Host header must be the listener's own, so that no web page can
 * make a browser ask in its name; {@code /api} also wants the token.
 */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger log = LoggerFactory.getLogger(AdminHandler.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JSON_TYPE = "application/json; charset=utf-8";

  private final AdminSource source;
  private final AdminToken token;
  private final HostCheck hosts;
  private final InstantSource clock;
  private final Executor blocking;

  /** Which Host headers are the listener's own. */
  interface HostCheck {
    boolean isOwn(String host);
  }

  private record Answer(HttpResponseStatus status, String type, String body) {}

  AdminHandler(
      AdminSource source,
      AdminToken token,
      HostCheck hosts,
      InstantSource clock,
      Executor blocking) {
    this.source = source;
    this.token = token;
    this.hosts = hosts;
    this.clock = clock;
    this.blocking = blocking;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    String host = request.headers().get(HttpHeaderNames.HOST, "");
    String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    String uri = request.uri();
    String path = uri.indexOf('?') < 0 ? uri : uri.substring(0, uri.indexOf('?'));
    boolean get = request.method().equals(HttpMethod.GET);
    if (!hosts.isOwn(host)) {
      send(ctx, error(HttpResponseStatus.FORBIDDEN, "the Host header is not this listener's"));
    } else if (!get) {
      send(ctx, error(HttpResponseStatus.METHOD_NOT_ALLOWED, "expected GET"));
    } else if (path.startsWith("/api/") && !bearer(authorization)) {
      send(
          ctx,
          error(
              HttpResponseStatus.UNAUTHORIZED,
              "expected Authorization: Bearer and the token in admin.token of the data directory"));
    } else {
      // figures may come from the disk, which an event loop must not wait for
      blocking.execute(() -> sendFromElsewhere(ctx, answer(path)));
    }
  }

  private static void sendFromElsewhere(ChannelHandlerContext ctx, Answer answer) {
    try {
      ctx.executor().execute(() -> send(ctx, answer));
    } catch (RejectedExecutionException stopped) {
      log.debug("The hub stopped before it could answer an admin request");
    }
  }

  private boolean bearer(String authorization) {
    return authorization.startsWith("Bearer ") && token.matches(authorization.substring(7));
  }

  private Answer answer(String path) {
    try {
      return switch (path) {
        case "/metrics" -> new Answer(HttpResponseStatus.OK, TEXT, source.metrics());
        case "/health" -> health();
        case "/api/queues" -> new Answer(HttpResponseStatus.OK, JSON_TYPE, queues());
        case "/api/upstream" -> new Answer(HttpResponseStatus.OK, JSON_TYPE, upstream());
        default -> error(HttpResponseStatus.NOT_FOUND, "expected /metrics, /health or /api/queues");
      };
    } catch (RuntimeException e) {
      log.error("An admin request failed path={}", path, e);
      return error(HttpResponseStatus.INTERNAL_SERVER_ERROR, "see the hub's log");
    }
  }

  private Answer health() {
    HubHealth health = source.health();
    ObjectNode json = JSON.createObjectNode();
    json.put("status", health.status().name().toLowerCase(Locale.ROOT));
    ArrayNode problems = json.putArray("problems");
    health.problems().forEach(problems::add);
    json.put("upstream", source.upstream().state());
    boolean failed = health.status() == HubHealth.Status.FAILED;
    return new Answer(
        failed ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.OK,
        JSON_TYPE,
        json.toString());
  }

  private String queues() {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode queues = json.putArray("queues");
    long now = clock.millis();
    for (QueueReport report : source.queues()) {
      ObjectNode queue = queues.addObject();
      queue.put("sink", report.stats().queue().sink());
      queue.put("priority", report.stats().queue().priority());
      queue.put("depth", report.stats().depth());
      queue.put("bytes", report.stats().bytes());
      long age = report.stats().depth() == 0 ? 0 : now - report.stats().oldestMillis();
      queue.put("oldestAgeSeconds", Math.max(0, age) / 1_000.0);
      queue.put("appended", report.stats().appended());
      queue.put("delivered", report.stats().left().delivered());
      queue.put("expired", report.stats().left().expired());
      queue.put("evicted", report.stats().left().evicted());
      queue.put("deadLettered", report.stats().left().deadLettered());
      queue.put("dropped", report.stats().left().dropped());
      queue.put("lost", report.stats().left().lost());
      queue.put("state", report.sink().state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      queue.put("inFlight", report.sink().inFlight());
      queue.put("lastError", report.sink().lastError());
      long next = report.sink().nextAttemptMillis();
      queue.put("nextAttemptSeconds", next == 0 ? 0 : Math.max(0, next - now) / 1_000.0);
    }
    return json.toString();
  }

  private String upstream() {
    UpstreamStatus status = source.upstream();
    long now = clock.millis();
    ObjectNode json = JSON.createObjectNode();
    json.put("state", status.state());
    json.put("sinceSeconds", Math.max(0, now - status.sinceMillis()) / 1_000.0);
    json.put("lastError", status.lastError());
    long next = status.nextAttemptMillis();
    json.put("nextAttemptSeconds", next == 0 ? 0 : Math.max(0, next - now) / 1_000.0);
    return json.toString();
  }

  private static Answer error(HttpResponseStatus status, String text) {
    return new Answer(status, JSON_TYPE, JSON.createObjectNode().put("message", text).toString());
  }

  private static void send(ChannelHandlerContext ctx, Answer answer) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            answer.status(),
            Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, answer.type())
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, "close")
        .set("X-Content-Type-Options", "nosniff");
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException || cause instanceof ReadTimeoutException) {
      log.debug("An admin connection broke why={}", "" + cause);
    } else {
      log.error("An admin connection was closed by a defect of the hub", cause);
    }
    ctx.close();
  }
}
