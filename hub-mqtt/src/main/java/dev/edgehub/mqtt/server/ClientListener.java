package dev.edgehub.mqtt.server;

import dev.edgehub.config.HubConfig;
import dev.edgehub.error.HubException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A socket that clients connect to, and those who did. */
public final class ClientListener implements AutoCloseable {

  private static final int BACKLOG = 1_024;

  private final Channel listening;

  /** Closes what is accepted while it is being closed. */
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  /**
   * Listens.
   *
   * @param what the listener serves, for people
   * @param key of its port in the configuration
   * @param outboundBytes bytes waiting in a client's socket that stop its deliveries
   * @param pipeline puts the handlers of a new connection into place; called on its event loop
   * @throws HubException {@code PORT_UNAVAILABLE} when the address cannot be bound
   */
  public ClientListener(
      HubConfig.Listener listener,
      EventLoops loops,
      Admission admission,
      String what,
      String key,
      int outboundBytes,
      Consumer<ChannelPipeline> pipeline) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .handler(new AdmissionGate(admission))
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(outboundBytes / 2, outboundBytes))
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    clients.add(channel);
                    pipeline.accept(channel.pipeline());
                  }
                });
    listening = loops.listen(bootstrap, listener, what, key);
  }

  /** The port in use. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Stops listening and ends every connection; waits up to 2 s. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    clients.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
