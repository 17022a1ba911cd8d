package dev.edgehub.mqtt.session;

import dev.edgehub.mqtt.auth.AuthOutcome;
import dev.edgehub.mqtt.wire.ConnAckProperties;
import dev.edgehub.mqtt.wire.ConnectCode;
import dev.edgehub.mqtt.wire.Packet;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Why a client is not let in.
 *
 * @param reason one of few words, for the log and the metrics; never anything the client sent
 * @param sentence expected, found, what to do
 */
record Refusal(ConnectCode code, String reason, String sentence) {

  static Refusal of(AuthOutcome.Refused refused) {
    return new Refusal(refused.code(), refused.reason(), refused.sentence());
  }

  /** What is wrong with a CONNECT whoever sent it; null for nothing. */
  static @Nullable Refusal ofRequest(Packet.Connect connect) {
    int level = connect.level();
    if (level != 4 && level != 5) {
      return new Refusal(
          ConnectCode.UNSUPPORTED_VERSION,
          "version",
          "expected MQTT 3.1.1 (level 4) or 5, found level " + level);
    }
    if (connect.properties().authenticationMethod() != null) {
      return new Refusal(
          ConnectCode.BAD_AUTHENTICATION_METHOD,
          "authentication_method",
          "expected a user name and a password or certificate, found an authentication method");
    }
    return null;
  }

  /** What is wrong with the will of a client that is who it says; null for nothing. */
  static @Nullable Refusal ofWill(Packet.Connect connect, Session session) {
    Packet.Will will = connect.will();
    if (connect.level() >= 5 && will != null && (will.retain() || will.qos() > 1)) {
      return new Refusal(
          will.retain()
              ? ConnectCode.WILL_RETAIN_NOT_SUPPORTED
              : ConnectCode.WILL_QOS_NOT_SUPPORTED,
          "will",
          "expected a will of QoS 0 or 1 that is not retained, found another");
    }
    return session.willIsOwn()
        ? null
        : new Refusal(
            ConnectCode.NOT_AUTHORIZED,
            "will",
            "the will's topic is not a telemetry topic of " + session.identity());
  }

  /**
   * Counts it, logs it, answers with it and closes. On the channel's event loop.
   *
   * @param level of MQTT, in which to answer
   * @param inWords whether a client of MQTT 5 wants to know more than a code
   */
  void answer(ChannelHandlerContext ctx, SessionServices services, int level, boolean inWords) {
    services.hub().meters().clientRefused(reason);
    services
        .log()
        .warn(
            reason,
            "A connection was refused code={} remote={} why=\"{}\"",
            code,
            ctx.channel().remoteAddress(),
            sentence);
    ConnAckProperties properties =
        level < 5 ? null : ConnAckProperties.refusal(inWords ? told() : null);
    ctx.writeAndFlush(new Packet.ConnAck(level, code, false, properties))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** Who is not let in learns no more than that. */
  private String told() {
    return code == ConnectCode.NOT_AUTHORIZED ? "not authorized; the hub's log says why" : sentence;
  }
}
