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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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
  private static final int ANSWER_SECONDS = 9;

  private final AdminSource source;
  private final OperatorApi operator;
  private final AdminToken token;
  private final HostCheck hosts;
  private final InstantSource clock;
  private final Executor blocking;

  /** Which Host headers are the listener's own. */
  interface HostCheck {
    boolean isOwn(String host);
  }

  AdminHandler(
      AdminSource source,
      AdminToken token,
      HostCheck hosts,
      InstantSource clock,
      Executor blocking) {
    this.source = source;
    this.operator = new OperatorApi(source.operations(), clock);
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
    HttpMethod expected = OperatorApi.isChange(path) ? HttpMethod.POST : HttpMethod.GET;
    if (!hosts.isOwn(host)) {
      send(
          ctx,
          Answer.error(HttpResponseStatus.FORBIDDEN, "the Host header is not this listener's"));
    } else if (!request.method().equals(expected)) {
      send(ctx, Answer.error(HttpResponseStatus.METHOD_NOT_ALLOWED, "expected " + expected));
    } else if (path.startsWith("/api/") && !bearer(authorization)) {
      send(
          ctx,
          Answer.error(
              HttpResponseStatus.UNAUTHORIZED,
              "expected Authorization: Bearer and the token in admin.token of the data directory"));
    } else {
      Consumer<Answer> once = once(ctx);
      // figures may come from the disk, which an event loop must not wait for
      blocking.execute(() -> answer(path, uri, once));
    }
  }

  /** Sends the first answer that comes; one that does not come in time is made up for. */
  private static Consumer<Answer> once(ChannelHandlerContext ctx) {
    AtomicBoolean answered = new AtomicBoolean();
    Consumer<Answer> once =
        answer -> {
          if (answered.compareAndSet(false, true)) {
            sendFromElsewhere(ctx, answer);
          }
        };
    ScheduledFuture<?> late =
        ctx.executor()
            .schedule(
                () ->
                    once.accept(
                        Answer.error(
                            HttpResponseStatus.SERVICE_UNAVAILABLE,
                            "the store has not done it yet; look again with edge-hub queues")),
                ANSWER_SECONDS,
                TimeUnit.SECONDS);
    ctx.channel().closeFuture().addListener(closed -> late.cancel(false));
    return once;
  }

  private static void sendFromElsewhere(ChannelHandlerContext ctx, Answer answer) {
    try {
      ctx.executor().execute(() -> send(ctx, answer));
    } catch (RejectedExecutionException stopped) {
      log.debug("The hub stopped before it could answer an admin request");
    }
  }

  private void answer(String path, String uri, Consumer<Answer> once) {
    if (!OperatorApi.isOurs(path)) {
      once.accept(answer(path));
      return;
    }
    try {
      operator.answer(path, uri, once);
    } catch (RuntimeException e) {
      log.error("An admin request failed path={}", path, e);
      once.accept(Answer.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, "see the hub's log"));
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
        case "/api/queues" -> Answer.json(queues());
        case "/api/clients" -> Answer.json(ClientsJson.of(source.clients(), clock.millis()));
        case "/api/upstream" -> Answer.json(upstream());
        default ->
            Answer.error(
                HttpResponseStatus.NOT_FOUND,
                "expected /metrics, /health, /api/queues, /api/dead-letters, /api/clients or"
                    + " /api/upstream");
      };
    } catch (RuntimeException e) {
      log.error("An admin request failed path={}", path, e);
      return Answer.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, "see the hub's log");
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
    return Answer.json(
        failed ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.OK, json);
  }

  private ObjectNode queues() {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode queues = json.putArray("queues");
    long now = clock.millis();
    for (QueueReport report : source.queues()) {
      ObjectNode queue = queues.addObject();
      queue.put("sink", report.stats().queue().sink());
      queue.put("priority", report.stats().queue().priority());
      queue.put("depth", report.stats().depth());
      queue.put("bytes", report.stats().bytes());
      queue.put("oldestAgeSeconds", report.stats().ageMillis(now) / 1_000.0);
      queue.put("appended", report.stats().appended());
      queue.put("delivered", report.stats().left().delivered());
      queue.put("expired", report.stats().left().expired());
      queue.put("evicted", report.stats().left().evicted());
      queue.put("deadLettered", report.stats().left().deadLettered());
      queue.put("dropped", report.stats().left().dropped());
      queue.put("lost", report.stats().left().lost());
      queue.put("moved", report.stats().left().moved());
      queue.put("difference", report.stats().difference());
      long detached = report.detachedMillis();
      queue.put("detachedSince", detached == 0 ? null : Instant.ofEpochMilli(detached).toString());
      queue.put("state", report.sink().state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      queue.put("inFlight", report.sink().inFlight());
      queue.put("lastError", report.sink().lastError());
      long next = report.sink().nextAttemptMillis();
      queue.put("nextAttemptSeconds", next == 0 ? 0 : Math.max(0, next - now) / 1_000.0);
    }
    return json;
  }

  private ObjectNode upstream() {
    UpstreamStatus status = source.upstream();
    long now = clock.millis();
    ObjectNode json = JSON.createObjectNode();
    json.put("state", status.state());
    json.put("sinceSeconds", Math.max(0, now - status.sinceMillis()) / 1_000.0);
    json.put("lastError", status.lastError());
    long next = status.nextAttemptMillis();
    json.put("nextAttemptSeconds", next == 0 ? 0 : Math.max(0, next - now) / 1_000.0);
    return json;
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
