package dev.edgehub.mqtt.testing;

import dev.edgehub.config.HubConfig;
import dev.edgehub.hub.EdgeHub;
import dev.edgehub.mqtt.server.EventLoops;
import dev.edgehub.mqtt.server.MqttServer;
import dev.edgehub.mqtt.session.SessionServices;
import dev.edgehub.store.Durability;
import dev.edgehub.store.Store;
import dev.edgehub.store.StoreListener;
import dev.edgehub.store.StoreOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

/** The MQTT listener on a real socket, in front of a real hub whose store does not sync. */
public final class LoopbackHub implements AutoCloseable {

  private final Store store;
  private final Services services;
  private final EventLoops loops = new EventLoops();
  private final MqttServer server;

  /** A hub with these routes and settings. */
  public LoopbackHub(Path directory, String manifest, String... settings) {
    HubConfig config = Config.of(settings);
    StoreOptions options =
        new StoreOptions(
            Durability.MEMORY, config.store().maxBytes(), 0, 4 << 20, InstantSource.system());
    store = Store.open(directory, options, StoreListener.NONE);
    services = new Services(config, store, manifest);
    server = new MqttServer(config.mqtt().listener(), loops, services.get());
  }

  public int port() {
    return server.port();
  }

  public SessionServices services() {
    return services.get();
  }

  public EdgeHub hub() {
    return services.hub();
  }

  public void apply(String manifest) {
    if (!hub().apply(manifest.getBytes(StandardCharsets.UTF_8)).applied()) {
      throw new AssertionError(hub().health().problems());
    }
  }

  /** Messages waiting in all queues. */
  public long depth() {
    return hub().queues().stream().mapToLong(queue -> queue.stats().depth()).sum();
  }

  @Override
  public void close() {
    server.close();
    loops.close();
    services.hub().close();
    store.close();
    services.close();
  }
}
