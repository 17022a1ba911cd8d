package dev.edgehub.mqtt.admin;

import dev.edgehub.config.HubConfig;
import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
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

  /**
   * Listens.
   *
   * @param blocking runs requests that may read the disk
   * @throws HubException {@code PORT_UNAVAILABLE} when the address cannot be bound
   */
  public AdminServer(
      HubConfig.Listener listener,
      EventLoopGroup group,
      Class<? extends ServerChannel> channel,
      AdminSource source,
      AdminToken token,
      InstantSource clock,
      Executor blocking) {
    listening =
        new ServerBootstrap()
            .group(group)
            .channel(channel)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel client) {
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
                })
            .bind(new InetSocketAddress(listener.host(), listener.port()))
            .awaitUninterruptibly()
            .channel();
    if (!listening.isActive()) {
      throw new HubException(
          ErrorCode.PORT_UNAVAILABLE,
          "cannot listen for the admin interface on "
              + listener.host()
              + ":"
              + listener.port()
              + ": the address is in use or not of this machine; choose another with"
              + " listeners.admin.port (0 takes any free one)");
    }
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

  /** Stops listening; waits up to 1 s. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
