package dev.edgehub.mqtt.http;

import dev.edgehub.mqtt.session.ConnectionLog;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time by which a peer must have said what it wants: a whole request, or CONNECT. It runs from
 * accept on, through the TLS handshake and the WebSocket upgrade, however busy the peer is.
 */
final class ArrivalDeadline {

  /** Between two requests on one connection. */
  private static final int IDLE_SECONDS = 60;

  private final Channel channel;
  private final ConnectionLog log;
  private @Nullable ScheduledFuture<?> running;

  ArrivalDeadline(Channel channel, ConnectionLog log, int seconds) {
    this.channel = channel;
    this.log = log;
    begin(seconds);
  }

  private void begin(int seconds) {
    running =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  log.warn(
                      "too_slow",
                      "A connection was closed remote={} why=\"no whole request or CONNECT within"
                          + " {} s\"",
                      channel.remoteAddress(),
                      seconds);
                  channel.close();
                },
                seconds,
                TimeUnit.SECONDS);
  }

  /** The peer was in time. */
  void met() {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
  }

  /** A request was answered; another may follow. */
  void again() {
    met();
    begin(IDLE_SECONDS);
  }
}
