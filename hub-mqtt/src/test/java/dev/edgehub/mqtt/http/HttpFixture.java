package dev.edgehub.mqtt.http;

import dev.edgehub.config.HubConfig;
import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.server.ClientListener;
import dev.edgehub.mqtt.server.EventLoops;
import dev.edgehub.mqtt.testing.LoopbackHub;
import io.netty.channel.ChannelPipeline;
import java.util.List;
import java.util.function.Consumer;

/** What stands behind TLS on the HTTPS port, here without it and with every client trusted. */
final class HttpFixture implements AutoCloseable {

  private final EventLoops loops = new EventLoops();
  private final ClientListener listener;

  /**
   * A listener.
   *
   * @param before put in front of HTTP
   */
  HttpFixture(LoopbackHub hub, List<HttpService> routes, Consumer<ChannelPipeline> before) {
    listener =
        new ClientListener(
            new HubConfig.Listener("127.0.0.1", 0, true),
            loops,
            hub.admission(),
            "HTTP",
            "-",
            1 << 20,
            pipeline -> {
              before.accept(pipeline);
              HttpFront.build(pipeline, hub.services(), routes, () -> Origin.LOCAL);
            });
  }

  int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
    loops.close();
  }
}
