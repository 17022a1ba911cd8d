package dev.edgehub.mqtt.session;

import dev.edgehub.mqtt.auth.Transport;
import dev.edgehub.mqtt.wire.Traffic;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connected client, at one moment.
 *
 * @param id {@code device} or {@code device/module}
 * @param connectedSeconds since its CONNECT was accepted
 * @param protocol {@code 3.1.1} or {@code 5}
 * @param transport {@code plain}, {@code tls} or {@code websocket}
 * @param remote address and port it comes from
 * @param unstored its PUBLISHes that wait for their PUBACK
 * @param unanswered deliveries written to it that wait for its PUBACK
 * @param waiting deliveries that wait for its socket
 * @param subscriptions filters
 * @param bytesIn bytes of MQTT read from it
 * @param bytesOut bytes of MQTT written to it
 */
public record ClientFigures(
    String id,
    double connectedSeconds,
    String protocol,
    String transport,
    String remote,
    int unstored,
    int unanswered,
    int waiting,
    int subscriptions,
    long bytesIn,
    long bytesOut) {

  /** What a session is doing; on its event loop. */
  static ClientFigures of(
      Session session, Channel channel, int level, Transport transport, long connectedNanos) {
    Traffic traffic = channel.pipeline().get(Traffic.class);
    return new ClientFigures(
        session.identity().id(),
        (System.nanoTime() - connectedNanos) / 1e9,
        level >= 5 ? "5" : "3.1.1",
        transport.word(),
        address(channel.remoteAddress()),
        session.unstored(),
        session.unanswered(),
        session.waiting(),
        session.subscriptions(),
        traffic == null ? 0 : traffic.bytesIn(),
        traffic == null ? 0 : traffic.bytesOut());
  }

  private static String address(@Nullable SocketAddress remote) {
    return remote instanceof InetSocketAddress inet
        ? NetUtil.toSocketAddressString(inet)
        : "" + remote;
  }
}
