package dev.edgehub.mqtt.server;

import dev.edgehub.config.HubConfig;
import dev.edgehub.error.HubException;
import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.session.SessionDirectory;
import dev.edgehub.mqtt.session.SessionServices;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The plain MQTT listener. */
public final class MqttServer implements AutoCloseable {

  private static final int BACKLOG = 1_024;

  private final Channel listening;
  private final SessionDirectory directory;
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  /**
   * Listens.
   *
   * @throws HubException {@code PORT_UNAVAILABLE} when the address cannot be bound
   */
  public MqttServer(HubConfig.Listener listener, EventLoops loops, SessionServices services) {
    directory = services.directory();
    int outbound = services.limits().outboundBytes();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(outbound / 2, outbound))
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    clients.add(channel);
                    MqttPipeline.build(channel.pipeline(), services, () -> Origin.LOCAL);
                  }
                });
    listening = loops.listen(bootstrap, listener, "MQTT", "listeners.mqtt.port");
  }

  /** The port in use. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Stops listening and ends every connection; waits up to 2 s. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    directory.hubIsStopping();
    clients.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
