package dev.edgehub.mqtt.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * Stands before a listener's acceptor. While descriptors are short it leaves connections in the
 * kernel's queue.
 */
final class AdmissionGate extends ChannelInboundHandlerAdapter {

  private static final long LOOK_AGAIN_MILLIS = 250;

  private final Admission admission;
  private boolean paused;

  AdmissionGate(Admission admission) {
    this.admission = admission;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Channel client = (Channel) message;
    if (admission.admits(client.remoteAddress())) {
      client.closeFuture().addListener(closed -> admission.released());
      ctx.fireChannelRead(client);
    } else {
      ConnectionEnd.resets(client);
      client.unsafe().closeForcibly();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (admission.mustPause()) {
      pause(ctx, "file descriptors are nearly used up");
    }
    ctx.fireChannelReadComplete();
  }

  /** Accepting failed; mostly there was no descriptor to be had. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    pause(ctx, "accepting failed: " + cause.getMessage());
  }

  private void pause(ChannelHandlerContext ctx, String why) {
    if (!paused) {
      paused = true;
      admission.pausing(why);
      ctx.channel().config().setAutoRead(false);
      lookAgain(ctx);
    }
  }

  private void lookAgain(ChannelHandlerContext ctx) {
    ctx.executor()
        .schedule(
            () -> {
              if (ctx.channel().isOpen() && admission.mustPause()) {
                lookAgain(ctx);
              } else {
                paused = false;
                admission.resumed();
                ctx.channel().config().setAutoRead(true);
              }
            },
            LOOK_AGAIN_MILLIS,
            TimeUnit.MILLISECONDS);
  }
}
