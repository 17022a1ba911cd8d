package dev.edgehub.mqtt.session;

import dev.edgehub.mqtt.auth.AuthOutcome;
import dev.edgehub.mqtt.auth.Grant;
import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.wire.ConnectCode;
import dev.edgehub.mqtt.wire.MalformedPacket;
import dev.edgehub.mqtt.wire.Packet;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state machine of one connection: waiting for CONNECT, then a {@link Session}, then closed.
 * The only place where a connection is hung up. Belongs to the channel's event loop, but for {@link
 * #takenOver} and {@link #review}.
 */
public final class SessionHandler extends ChannelInboundHandlerAdapter {

  private static final Logger log = LoggerFactory.getLogger(SessionHandler.class);

  private final SessionServices services;
  private final Supplier<Origin> origin;
  private final Runnable onConnected;
  private volatile @Nullable Channel channel;
  private volatile @Nullable Grant grant;
  private @Nullable Session session;
  private boolean finished;

  /**
   * A handler for one channel.
   *
   * @param origin asked once, when CONNECT has come: then the TLS handshake, if any, is over
   * @param onConnected told on the event loop when the client is let in
   */
  public SessionHandler(SessionServices services, Supplier<Origin> origin, Runnable onConnected) {
    this.services = services;
    this.origin = origin;
    this.onConnected = onConnected;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    ctx.executor()
        .schedule(
            () -> {
              if (session == null && !finished) {
                hangUp(ctx, "no CONNECT within the time allowed");
              }
            },
            services.limits().connectSeconds(),
            TimeUnit.SECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (finished) {
      return;
    }
    Packet packet = (Packet) message;
    Session present = session;
    if (packet instanceof Packet.Connect connect) {
      if (present != null) {
        hangUp(ctx, "a second CONNECT");
      } else {
        connect(ctx, connect);
      }
    } else if (present == null) {
      hangUp(ctx, "expected CONNECT first, found " + packet.getClass().getSimpleName());
    } else {
      serve(ctx, present, packet);
    }
  }

  private void connect(ChannelHandlerContext ctx, Packet.Connect connect) {
    if (connect.level() != 4) {
      refuse(
          ctx,
          connect.level(),
          ConnectCode.UNSUPPORTED_VERSION,
          "version",
          "expected MQTT 3.1.1 (level 4), found level " + connect.level());
      return;
    }
    // one that comes back takes the place of its older connection
    if (services.directory().size() >= services.limits().connections()
        && !services.directory().isConnected(connect.clientId())) {
      refuse(ctx, 4, ConnectCode.UNAVAILABLE, "too_many", "limits.connections is reached");
      return;
    }
    AuthOutcome outcome = services.authenticator().authenticate(connect, origin.get());
    if (outcome instanceof AuthOutcome.Refused refused) {
      refuse(ctx, 4, refused.code(), refused.reason(), refused.sentence());
    } else if (outcome instanceof AuthOutcome.Accepted accepted) {
      accept(ctx, connect, accepted);
    }
  }

  private void accept(
      ChannelHandlerContext ctx, Packet.Connect connect, AuthOutcome.Accepted accepted) {
    Session newSession =
        new Session(services, ctx.channel(), accepted, connect, why -> hangUp(ctx, why));
    if (!newSession.willIsOwn()) {
      refuse(
          ctx,
          4,
          ConnectCode.NOT_AUTHORIZED,
          "will",
          "the will's topic is not a telemetry topic of " + accepted.identity());
      return;
    }
    session = newSession;
    grant = accepted.grant();
    if (connect.keepAliveSeconds() > 0) {
      long deadlineMillis = 1_500L * connect.keepAliveSeconds();
      ctx.pipeline().addFirst(new IdleStateHandler(deadlineMillis, 0, 0, TimeUnit.MILLISECONDS));
    }
    services.directory().claim(accepted.identity(), this);
    boolean present = newSession.restore(connect.cleanSession());
    ctx.writeAndFlush(new Packet.ConnAck(4, ConnectCode.ACCEPTED, present));
    newSession.start();
    services.hub().meters().clientConnected(accepted.identity().id());
    // last: what the client sent right after CONNECT is read before this returns
    onConnected.run();
    log.debug("A client has connected id={} sessionPresent={}", accepted.identity(), present);
  }

  private void refuse(
      ChannelHandlerContext ctx, int level, ConnectCode code, String reason, String sentence) {
    finished = true;
    services.hub().meters().clientRefused(reason);
    services
        .log()
        .warn(
            reason,
            "A connection was refused code={} remote={} why=\"{}\"",
            code,
            ctx.channel().remoteAddress(),
            sentence);
    ctx.writeAndFlush(new Packet.ConnAck(level, code, false))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void serve(ChannelHandlerContext ctx, Session present, Packet packet) {
    if (packet instanceof Packet.Publish publish) {
      present.publish(publish);
    } else if (packet instanceof Packet.PubAck ack) {
      present.acknowledged(ack.packetId());
    } else if (packet instanceof Packet.Subscribe subscribe) {
      present.subscribe(subscribe);
    } else if (packet instanceof Packet.Unsubscribe unsubscribe) {
      present.unsubscribe(unsubscribe);
    } else if (packet instanceof Packet.PingReq) {
      ctx.writeAndFlush(new Packet.PingResp());
    } else if (packet instanceof Packet.Disconnect) {
      present.disconnecting();
      finished = true;
      ctx.close();
    } else {
      hangUp(ctx, "a packet that a client does not send here: " + packet);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (session != null) {
      session.readComplete();
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (session != null) {
      session.writable();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    finished = true;
    Session ended = session;
    if (ended != null) {
      session = null;
      services.directory().release(ended.identity(), this);
      ended.end();
      services.hub().meters().clientDisconnected(ended.identity().id());
      log.debug("A client has gone id={}", ended.identity());
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      hangUp(ctx, "nothing received within one and a half times its keep-alive");
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** The one exit for whatever went wrong in the pipeline. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof MalformedPacket) {
      hangUp(ctx, cause.getMessage());
    } else if (cause instanceof IOException) {
      log.debug("A connection broke remote={} why={}", ctx.channel().remoteAddress(), "" + cause);
      finished = true;
      ctx.close();
    } else {
      log.error("A connection was closed by a defect of the hub", cause);
      finished = true;
      ctx.close();
    }
  }

  private void hangUp(ChannelHandlerContext ctx, @Nullable String why) {
    close(ctx.channel(), false, why);
  }

  /**
   * Every end by the hub with a reason for people passes here.
   *
   * @param expected whether such ends belong to normal service
   */
  private void close(Channel closing, boolean expected, @Nullable String why) {
    if (!finished) {
      finished = true;
      String sentence = "A connection was closed id={} remote={} why=\"{}\"";
      Object id = session == null ? "-" : session.identity();
      if (expected) {
        log.info(sentence, id, closing.remoteAddress(), why);
      } else {
        services.log().warn("closed", sentence, id, closing.remoteAddress(), why);
      }
    }
    closing.close();
  }

  /**
   * Ends the connection if what the client was let in by does not hold any more; any thread.
   *
   * @param nowMillis Unix time
   */
  void review(long nowMillis) {
    Grant present = grant;
    Channel open = channel;
    String why = present == null ? null : present.whyEnded(nowMillis);
    if (why != null && open != null && open.isOpen()) {
      open.eventLoop().execute(() -> close(open, true, why));
    }
  }

  /** A newer connection has this client's identity; any thread. */
  void takenOver() {
    Channel present = channel;
    if (present != null) {
      log.debug("A client has connected again; its older connection is closed");
      present.close();
    }
  }
}
