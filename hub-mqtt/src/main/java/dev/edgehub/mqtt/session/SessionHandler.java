package dev.edgehub.mqtt.session;

import dev.edgehub.mqtt.auth.AuthOutcome;
import dev.edgehub.mqtt.auth.Grant;
import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.auth.Transport;
import dev.edgehub.mqtt.wire.ConnAckProperties;
import dev.edgehub.mqtt.wire.ConnectCode;
import dev.edgehub.mqtt.wire.MalformedPacket;
import dev.edgehub.mqtt.wire.Packet;
import dev.edgehub.mqtt.wire.Reason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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
  private volatile @Nullable ChannelHandlerContext context;
  private volatile @Nullable Grant grant;
  private @Nullable Session session;
  private @Nullable Terms terms;
  private boolean reasons = true;
  private int level;
  private Transport transport = Transport.PLAIN;
  private long connectedNanos;
  private @Nullable Future<?> connectDeadline;
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
    context = ctx;
    connectDeadline =
        ctx.executor()
            .schedule(
                () -> {
                  if (session == null && !finished) {
                    hangUp(ctx, Reason.PROTOCOL_ERROR, "no CONNECT within the time allowed");
                  }
                },
                services.limits().connectSeconds(),
                TimeUnit.SECONDS);
  }

  /** A deadline that nobody waits for would keep the whole connection in memory till it comes. */
  private void forgetConnectDeadline() {
    Future<?> deadline = connectDeadline;
    if (deadline != null) {
      connectDeadline = null;
      deadline.cancel(false);
    }
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
        hangUp(ctx, Reason.PROTOCOL_ERROR, "a second CONNECT");
      } else {
        connect(ctx, connect);
      }
    } else if (packet instanceof Packet.BadConnect bad && present == null) {
      refuse(ctx, 5, new Refusal(bad.code(), "malformed", bad.why()));
    } else if (present == null) {
      hangUp(
          ctx,
          Reason.PROTOCOL_ERROR,
          "expected CONNECT first, found " + packet.getClass().getSimpleName());
    } else {
      serve(ctx, present, packet);
    }
  }

  private void connect(ChannelHandlerContext ctx, Packet.Connect connect) {
    reasons = connect.properties().problemInformation();
    Refusal wrong = Refusal.ofRequest(connect);
    if (wrong != null) {
      refuse(ctx, connect.level(), wrong);
      return;
    }
    // one that comes back takes the place of its older connection
    if (services.directory().size() >= services.limits().connections()
        && !services.directory().isConnected(connect.clientId())) {
      refuse(
          ctx,
          connect.level(),
          new Refusal(ConnectCode.UNAVAILABLE, "too_many", "limits.connections is reached"));
      return;
    }
    Origin from = origin.get();
    transport = from.transport();
    AuthOutcome outcome = services.authenticator().authenticate(connect, from);
    if (outcome instanceof AuthOutcome.Refused refused) {
      refuse(ctx, connect.level(), Refusal.of(refused));
    } else if (outcome instanceof AuthOutcome.Accepted accepted) {
      accept(ctx, connect, accepted);
    }
  }

  private void accept(
      ChannelHandlerContext ctx, Packet.Connect connect, AuthOutcome.Accepted accepted) {
    Terms agreed = Terms.of(connect);
    Session newSession =
        new Session(
            services,
            ctx.channel(),
            accepted,
            connect,
            agreed,
            (reason, why) -> hangUp(ctx, reason, why));
    Refusal wrong = Refusal.ofWill(connect, newSession);
    if (wrong != null) {
      refuse(ctx, connect.level(), wrong);
      return;
    }
    forgetConnectDeadline();
    terms = agreed;
    session = newSession;
    grant = accepted.grant();
    level = connect.level();
    connectedNanos = System.nanoTime();
    ctx.pipeline().addFirst(agreed.watch());
    services.directory().claim(accepted.identity(), this, connect.cleanSession());
    boolean present = newSession.restore(connect.cleanSession());
    ConnAckProperties announced =
        level < 5
            ? null
            : agreed.announced(connect, accepted.identity().id(), services.maximumPacketSize());
    ctx.writeAndFlush(new Packet.ConnAck(level, ConnectCode.ACCEPTED, present, announced));
    newSession.start();
    services.hub().meters().clientConnected(accepted.identity().id());
    // last: what the client sent right after CONNECT is read before this returns
    onConnected.run();
    log.debug("A client has connected id={} sessionPresent={}", accepted.identity(), present);
  }

  private void refuse(ChannelHandlerContext ctx, int inLevel, Refusal refusal) {
    finished = true;
    refusal.answer(ctx, services, inLevel, reasons);
  }

  private void serve(ChannelHandlerContext ctx, Session present, Packet packet) {
    if (packet instanceof Packet.Publish publish) {
      present.publish(publish);
    } else if (packet instanceof Packet.PubAck ack) {
      present.acknowledged(ack);
    } else if (packet instanceof Packet.Subscribe subscribe) {
      present.subscribe(subscribe);
    } else if (packet instanceof Packet.Unsubscribe unsubscribe) {
      present.unsubscribe(unsubscribe);
    } else if (packet instanceof Packet.PingReq) {
      ctx.writeAndFlush(new Packet.PingResp());
    } else if (packet instanceof Packet.Disconnect goodbye) {
      present.disconnecting(goodbye);
      finished = true;
      ctx.close();
    } else {
      hangUp(ctx, Reason.PROTOCOL_ERROR, "a packet that a client does not send here: " + packet);
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
    forgetConnectDeadline();
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
      hangUp(
          ctx,
          Reason.KEEP_ALIVE_TIMEOUT,
          "nothing received within one and a half times its keep-alive");
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** The one exit for whatever went wrong in the pipeline. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof MalformedPacket bad) {
      hangUp(ctx, bad.reason(), bad.getMessage());
    } else if (cause instanceof IOException) {
      log.debug("A connection broke remote={} why={}", ctx.channel().remoteAddress(), "" + cause);
      finished = true;
      ctx.close();
    } else {
      log.error("A connection was closed by a defect of the hub", cause);
      endsBecause(Reason.UNSPECIFIED);
      ctx.close();
    }
  }

  private void hangUp(ChannelHandlerContext ctx, Reason reason, @Nullable String why) {
    close(ctx, Level.WARN, reason, why);
  }

  /** Every end by the hub with a reason for people passes here. */
  private void close(ChannelHandlerContext ctx, Level level, Reason reason, @Nullable String why) {
    if (!finished) {
      endsBecause(reason);
      services
          .log()
          .say(
              level,
              reason.name(),
              "A connection was closed id={} remote={} reason={} why=\"{}\"",
              session == null ? "-" : session.identity(),
              ctx.channel().remoteAddress(),
              reason,
              why);
      sayWhy(ctx, reason, why);
    }
    ctx.close();
  }

  /** An end by the hub: of a connection that was let in, the first reason counts. */
  private void endsBecause(Reason reason) {
    if (session != null && !finished) {
      services.hub().meters().clientClosed(reason.label());
    }
    finished = true;
  }

  /** What the connection is doing, asked on its event loop; null when it has ended. Any thread. */
  CompletableFuture<@Nullable ClientFigures> figures() {
    CompletableFuture<@Nullable ClientFigures> answer = new CompletableFuture<>();
    ChannelHandlerContext present = context;
    if (present == null) {
      answer.complete(null);
      return answer;
    }
    try {
      present
          .executor()
          .execute(
              () ->
                  answer.complete(
                      session == null
                          ? null
                          : ClientFigures.of(
                              session, present.channel(), level, transport, connectedNanos)));
    } catch (RejectedExecutionException stopped) {
      answer.complete(null);
    }
    return answer;
  }

  /**
   * Ends the connection if what the client was let in by does not hold any more; any thread.
   *
   * @param nowMillis Unix time
   */
  void review(long nowMillis) {
    Grant present = grant;
    ChannelHandlerContext open = context;
    String why = present == null ? null : present.whyEnded(nowMillis);
    if (present != null && why != null && open != null && open.channel().isOpen()) {
      Reason reason =
          nowMillis >= present.expiresAtMillis()
              ? Reason.MAXIMUM_CONNECT_TIME
              : Reason.NOT_AUTHORIZED;
      open.executor().execute(() -> close(open, Level.INFO, reason, why));
    }
  }

  /** A client of MQTT 5 that was let in is told; it is not waited for. */
  private void sayWhy(ChannelHandlerContext ctx, Reason reason, @Nullable String why) {
    Terms agreed = terms;
    if (agreed != null && agreed.isFive() && session != null) {
      ctx.writeAndFlush(new Packet.Farewell(reason, agreed.reasons() ? why : null));
    }
  }

  /**
   * A newer connection has this client's identity; any thread.
   *
   * @param anew without the session of this one
   */
  void takenOver(boolean anew) {
    endQuietly(Reason.SESSION_TAKEN_OVER, "the client has connected again", anew);
  }

  /** Any thread. */
  void hubIsStopping() {
    endQuietly(Reason.SERVER_SHUTTING_DOWN, "the hub is stopping", false);
  }

  private void endQuietly(Reason reason, String why, boolean anew) {
    ChannelHandlerContext present = context;
    if (present != null) {
      present
          .executor()
          .execute(
              () -> {
                if (!finished) {
                  endsBecause(reason);
                  log.debug("A connection ends reason={}", reason);
                  sayWhy(present, reason, why);
                }
                if (session != null && reason == Reason.SESSION_TAKEN_OVER) {
                  session.takenOver(anew);
                }
                present.close();
              });
    }
  }
}
