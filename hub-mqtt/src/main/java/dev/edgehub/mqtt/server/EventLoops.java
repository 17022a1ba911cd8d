package dev.edgehub.mqtt.server;

import dev.edgehub.config.HubConfig;
import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The event loops of all listeners: native epoll where the machine has it, NIO elsewhere. */
public final class EventLoops implements AutoCloseable {

  private static final int MOST = 4;

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup group;

  public EventLoops() {
    int threads = Math.min(MOST, Runtime.getRuntime().availableProcessors());
    group =
        new MultiThreadIoEventLoopGroup(
            threads,
            new DefaultThreadFactory("hub-io", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  /**
   * Listens on a socket that fits the loops.
   *
   * @param what the listener serves, for people
   * @param key of its port in the configuration
   * @throws HubException {@code PORT_UNAVAILABLE} when the address cannot be bound
   */
  public Channel listen(
      ServerBootstrap bootstrap, HubConfig.Listener listener, String what, String key) {
    Channel listening =
        bootstrap
            .group(group)
            .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .bind(new InetSocketAddress(listener.host(), listener.port()))
            .awaitUninterruptibly()
            .channel();
    if (!listening.isActive()) {
      throw new HubException(
          ErrorCode.PORT_UNAVAILABLE,
          "cannot listen for "
              + what
              + " on "
              + listener.host()
              + ":"
              + listener.port()
              + ": the address is in use or not of this machine; choose another with "
              + key
              + " (0 takes any free one)");
    }
    return listening;
  }

  /**
   * Listens on a socket in the file system.
   *
   * @param what the listener serves, for people
   * @throws HubException {@code PORT_UNAVAILABLE} when the path cannot be bound
   */
  public Channel listen(ServerBootstrap bootstrap, Path path, String what) {
    ChannelFuture bound =
        bootstrap
            .group(group)
            .channel(
                epoll ? EpollServerDomainSocketChannel.class : NioServerDomainSocketChannel.class)
            .bind(
                epoll ? new DomainSocketAddress(path.toString()) : UnixDomainSocketAddress.of(path))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new HubException(
          ErrorCode.PORT_UNAVAILABLE,
          "cannot listen for " + what + " on " + path + ": " + bound.cause(),
          bound.cause());
    }
    return bound.channel();
  }

  /** {@code epoll} or {@code nio}. */
  public String transport() {
    return epoll ? "epoll" : "nio";
  }

  /** Ends the loops; waits up to 2 s. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
