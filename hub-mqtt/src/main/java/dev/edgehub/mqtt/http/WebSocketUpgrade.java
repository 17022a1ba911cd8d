package dev.edgehub.mqtt.http;

import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.auth.Transport;
import dev.edgehub.mqtt.server.MqttPipeline;
import dev.edgehub.mqtt.session.SessionServices;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From HTTP to MQTT over WebSocket (RFC 6455, version 13, no extensions). */
final class WebSocketUpgrade {

  static final String PATH = "/$iothub/websocket";
  static final String VERSION = "13";

  private static final String FRAMES = "frames";
  private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_LENGTH = 24;

  /** What MQTT is called; the last by old clients, whose version is judged at CONNECT. */
  private static final Set<String> SUBPROTOCOLS = Set.of("mqtt", "mqttv3.1");

  private WebSocketUpgrade() {}

  /** Why a request is not upgraded; null when it can be. */
  static @Nullable HttpAnswer refusalOf(HttpRequest request) {
    HttpHeaders headers = request.headers();
    boolean upgrade =
        request.method().equals(HttpMethod.GET)
            && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
            && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    if (!upgrade) {
      return HttpAnswer.message(
          400, "expected a WebSocket upgrade at this path, found another request");
    }
    if (!VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      return HttpAnswer.message(426, "expected WebSocket version 13, found another");
    }
    String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    if (key == null || key.length() != KEY_LENGTH) {
      return HttpAnswer.message(400, "expected a Sec-WebSocket-Key of 24 characters");
    }
    if (subprotocol(headers).isEmpty()) {
      return HttpAnswer.message(
          400,
          "expected the WebSocket subprotocol mqtt in Sec-WebSocket-Protocol, found "
              + (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL) ? "others" : "none")
              + "; AMQP is not served");
    }
    return null;
  }

  /** The first name for MQTT, written as the client did; empty when there is none. */
  private static String subprotocol(HttpHeaders headers) {
    List<String> lists = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    for (String list : lists) {
      for (String name : list.split(",", -1)) {
        if (SUBPROTOCOLS.contains(name.strip().toLowerCase(Locale.ROOT))) {
          return name.strip();
        }
      }
    }
    return "";
  }

  /** Answers the upgrade and puts MQTT where HTTP was; what follows belongs to the session. */
  static void perform(
      ChannelHandlerContext ctx,
      RequestHandler http,
      HttpRequest request,
      SessionServices services,
      Supplier<Origin> origin,
      ArrivalDeadline deadline) {
    ctx.writeAndFlush(response(request.headers()));
    ChannelPipeline pipeline = ctx.pipeline();
    WebSocketBytes bytes = new WebSocketBytes(services.log());
    pipeline.addLast(bytes);
    MqttPipeline.build(
        pipeline,
        services,
        () -> origin.get().over(Transport.WEBSOCKET),
        () -> {
          deadline.met();
          pipeline.replace(FRAMES, FRAMES, decoder(services.maximumPacketSize()));
        });
    pipeline.context(bytes).fireChannelActive();
    pipeline.remove(http);
    pipeline.addBefore(HttpFront.CODEC, "frame writer", new WebSocket13FrameEncoder(false));
    // last: what an eager client sent behind its request is read before this returns
    pipeline.replace(HttpFront.CODEC, FRAMES, decoder(MqttPipeline.MAX_BYTES_BEFORE_CONNECT));
  }

  private static WebSocket13FrameDecoder decoder(int maxFrame) {
    return new WebSocket13FrameDecoder(
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(maxFrame)
            .expectMaskedFrames(true)
            .allowExtensions(false)
            .withUTF8Validator(false)
            .closeOnProtocolViolation(false) // the bytes' handler says it
            .build());
  }

  private static FullHttpResponse response(HttpHeaders request) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(
            HttpHeaderNames.SEC_WEBSOCKET_ACCEPT,
            accept("" + request.get(HttpHeaderNames.SEC_WEBSOCKET_KEY)))
        .set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subprotocol(request));
    return response;
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
