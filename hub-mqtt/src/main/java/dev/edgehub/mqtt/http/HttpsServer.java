package dev.edgehub.mqtt.http;

import dev.edgehub.config.HubConfig;
import dev.edgehub.error.HubException;
import dev.edgehub.mqtt.server.Admission;
import dev.edgehub.mqtt.server.ClientListener;
import dev.edgehub.mqtt.server.EventLoops;
import dev.edgehub.mqtt.server.TlsFront;
import dev.edgehub.mqtt.session.SessionServices;
import dev.edgehub.mqtt.tls.ServerTls;
import java.util.List;

/** The HTTPS listener. */
public final class HttpsServer implements AutoCloseable {

  private final ClientListener listener;

  /**
   * Listens.
   *
   * @param routes asked in this order whose a request is
   * @throws HubException {@code PORT_UNAVAILABLE} when the address cannot be bound
   */
  public HttpsServer(
      HubConfig.Listener listener,
      EventLoops loops,
      Admission admission,
      SessionServices services,
      ServerTls tls,
      List<HttpService> routes) {
    List<HttpService> all = List.copyOf(routes);
    this.listener =
        new ClientListener(
            listener,
            loops,
            admission,
            "HTTPS and WebSocket",
            "listeners.https.port",
            services.limits().outboundBytes(),
            pipeline ->
                HttpFront.build(
                    pipeline, services, all, TlsFront.build(pipeline, tls, services.log())));
  }

  /** The port in use. */
  public int port() {
    return listener.port();
  }

  /** Stops listening and ends every connection; waits up to 2 s. */
  @Override
  public void close() {
    listener.close();
  }
}
