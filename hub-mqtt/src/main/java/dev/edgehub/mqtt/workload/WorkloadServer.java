package dev.edgehub.mqtt.workload;

import dev.edgehub.config.HubConfig;
import dev.edgehub.error.HubException;
import dev.edgehub.identity.RegistrySource;
import dev.edgehub.mqtt.server.EventLoops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener of the workload API, on a unix socket that only its owner may use or on loopback. It
 * asks for no credential: whoever reaches it can have tokens signed for any module of the device.
 */
public final class WorkloadServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WorkloadServer.class);
  private static final String UNIX = "unix:";
  private static final int MAX_REQUEST_BYTES = 64 << 10;
  private static final int REQUEST_SECONDS = 10;

  private final Channel listening;
  private final @Nullable UnixSocket socket;

  /**
   * Listens.
   *
   * @param listen {@code unix:PATH} or {@code HOST:PORT}, checked by the configuration
   * @param blocking runs requests, which may read a file
   * @throws HubException {@code PORT_UNAVAILABLE} when the address cannot be bound
   */
  public WorkloadServer(
      String listen,
      HubConfig config,
      RegistrySource registry,
      EventLoops loops,
      Executor blocking) {
    Path certificate = config.tls().certificate();
    TrustBundle bundle =
        new TrustBundle(certificate == null ? config.dataDir().resolve("tls/ca.pem") : certificate);
    WorkloadApi api = new WorkloadApi(config.deviceId(), registry, bundle);
    if (listen.startsWith(UNIX)) {
      UnixSocket unix = new UnixSocket(Path.of(listen.substring(UNIX.length())));
      ServerBootstrap bootstrap = bootstrap(() -> new WorkloadHandler(api, host -> true, blocking));
      listening = unix.listen(partial -> loops.listen(bootstrap, partial, "the workload API"));
      socket = unix;
    } else {
      int colon = listen.lastIndexOf(':');
      String host = listen.substring(0, colon);
      HubConfig.Listener address =
          new HubConfig.Listener(host, Integer.parseInt(listen.substring(colon + 1)), true);
      ServerBootstrap bootstrap =
          bootstrap(() -> new WorkloadHandler(api, name -> isOwn(name, host), blocking));
      listening = loops.listen(bootstrap, address, "the workload API", "workload.listen");
      socket = null;
    }
    log.info("The workload API signs for every module of this device address={}", listen);
  }

  private interface Handlers {
    WorkloadHandler handler();
  }

  private static ServerBootstrap bootstrap(Handlers handlers) {
    return new ServerBootstrap()
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel client) {
                client
                    .pipeline()
                    .addLast(new ReadTimeoutHandler(REQUEST_SECONDS))
                    .addLast(new HttpServerCodec())
                    .addLast(new Whole())
                    .addLast(handlers.handler());
              }
            });
  }

  /** Puts requests together, and says no in three words to those that are too large. */
  private static final class Whole extends HttpObjectAggregator {

    Whole() {
      super(MAX_REQUEST_BYTES, true);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
      if (!(oversized instanceof FullHttpRequest)) {
        WorkloadHandler.send(
            ctx, WorkloadAnswer.tooLarge("expected at most " + MAX_REQUEST_BYTES + " bytes"));
      }
    }
  }

  private boolean isOwn(String name, String configured) {
    int port = port();
    return Stream.of(configured, "localhost", "127.0.0.1", "[::1]")
        .anyMatch(own -> name.equalsIgnoreCase(own + ":" + port));
  }

  /** The port in use; -1 on a unix socket. */
  public int port() {
    return listening.localAddress() instanceof InetSocketAddress address ? address.getPort() : -1;
  }

  /** Stops listening; waits up to 1 s. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    if (socket != null) {
      socket.remove();
    }
  }
}
