package dev.edgehub.mqtt.admin;

import dev.edgehub.config.HubConfig;
import dev.edgehub.error.HubException;
import dev.edgehub.mqtt.server.EventLoops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The admin listener: {@code /metrics} and {@code /health} open, {@code /api/…} with the token. */
public final class AdminServer implements AutoCloseable {

  private static final int MAX_REQUEST_BYTES = 64 << 10;
  private static final int REQUEST_SECONDS = 10;

  private final Channel listening;

  /** Closes what is accepted while it is being closed. */
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  /**
   * Listens.
   *
   * @param blocking runs requests that may read the disk
   * @throws HubException {@code PORT_UNAVAILABLE} when the address cannot be bound
   */
  public AdminServer(
      HubConfig.Listener listener,
      EventLoops loops,
      AdminSource source,
      AdminToken token,
      InstantSource clock,
      Executor blocking) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel client) {
                    clients.add(client);
                    client
                        .pipeline()
                        .addLast(new ReadTimeoutHandler(REQUEST_SECONDS))
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES))
                        .addLast(
                            new AdminHandler(
                                source,
                                token,
                                host -> isOwn(host, listener.host()),
                                clock,
                                blocking));
                  }
                });
    listening = loops.listen(bootstrap, listener, "the admin interface", "listeners.admin.port");
  }

  private boolean isOwn(String host, String configured) {
    int port = port();
    return Stream.of(configured, "localhost", "127.0.0.1", "[::1]")
        .anyMatch(name -> host.equals(name + ":" + port));
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
