package dev.edgehub.mqtt.server;

import dev.edgehub.config.HubConfig;
import dev.edgehub.error.HubException;
import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.session.SessionServices;
import dev.edgehub.mqtt.tls.ServerTls;

/** A listener for MQTT, plain or over TLS. */
public final class MqttServer implements AutoCloseable {

  private final ClientListener listener;

  private MqttServer(ClientListener listener) {
    this.listener = listener;
  }

  /**
   * Listens for plain MQTT.
   *
   * @throws HubException {@code PORT_UNAVAILABLE} when the address cannot be bound
   */
  public static MqttServer plain(
      HubConfig.Listener listener,
      EventLoops loops,
      Admission admission,
      SessionServices services) {
    return new MqttServer(
        new ClientListener(
            listener,
            loops,
            admission,
            "MQTT",
            "listeners.mqtt.port",
            services.limits().outboundBytes(),
            pipeline -> MqttPipeline.build(pipeline, services, () -> Origin.LOCAL, () -> {})));
  }

  /**
   * Listens for MQTT over TLS.
   *
   * @throws HubException {@code PORT_UNAVAILABLE} when the address cannot be bound
   */
  public static MqttServer secure(
      HubConfig.Listener listener,
      EventLoops loops,
      Admission admission,
      SessionServices services,
      ServerTls tls) {
    return new MqttServer(
        new ClientListener(
            listener,
            loops,
            admission,
            "MQTT over TLS",
            "listeners.mqtts.port",
            services.limits().outboundBytes(),
            pipeline ->
                MqttPipeline.build(
                    pipeline, services, TlsFront.build(pipeline, tls, services.log()), () -> {})));
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
