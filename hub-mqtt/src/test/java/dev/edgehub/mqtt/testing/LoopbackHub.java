package dev.edgehub.mqtt.testing;

import dev.edgehub.config.HubConfig;
import dev.edgehub.hub.EdgeHub;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.RegistrySource;
import dev.edgehub.mqtt.server.Admission;
import dev.edgehub.mqtt.server.Descriptors;
import dev.edgehub.mqtt.server.EventLoops;
import dev.edgehub.mqtt.server.MqttServer;
import dev.edgehub.mqtt.session.SessionServices;
import dev.edgehub.mqtt.tls.ServerTls;
import dev.edgehub.store.Durability;
import dev.edgehub.store.Store;
import dev.edgehub.store.StoreListener;
import dev.edgehub.store.StoreOptions;
import dev.edgehub.thread.HubThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The MQTT listeners on real sockets, in front of a real hub whose store does not sync. */
public final class LoopbackHub implements AutoCloseable {

  private final Store store;
  private final Services services;
  private final EventLoops loops = new EventLoops();
  private final Admission admission;
  private final MqttServer server;
  private final HubConfig config;
  private final HubThreads threads = new HubThreads();
  private @Nullable ServerTls tls;
  private @Nullable MqttServer secure;

  /** A hub with these routes and settings, where nobody is registered. */
  public LoopbackHub(Path directory, String manifest, String... settings) {
    this(directory, manifest, Registry.EMPTY, settings);
  }

  /** A hub with these routes, identities and settings. */
  public LoopbackHub(Path directory, String manifest, Registry identities, String... settings) {
    config = Config.of(settings);
    StoreOptions options =
        new StoreOptions(
            Durability.MEMORY, config.store().maxBytes(), 0, 4 << 20, InstantSource.system());
    store = Store.open(directory, options, StoreListener.NONE);
    services =
        new Services(
            config, store, manifest, RegistrySource.fixed(identities), InstantSource.system());
    admission =
        new Admission(
            config.limits(),
            Descriptors.ofProcess(),
            services.get().log(),
            services.hub().meters(),
            System::nanoTime);
    server = MqttServer.plain(config.mqtt().listener(), loops, admission, services.get());
  }

  /** Listens for MQTT over TLS as well; its port. */
  public int secure(InstantSource clock) {
    try {
      tls = ServerTls.of(config, clock, new SecureRandom(), threads.timer(), threads.sinks());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    secure = MqttServer.secure(config.mqtts(), loops, admission, services.get(), tls);
    return secure.port();
  }

  public Admission admission() {
    return admission;
  }

  public ServerTls tls() {
    return tls;
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
    if (secure != null) {
      secure.close();
      tls.close();
    }
    loops.close();
    services.hub().close();
    store.close();
    services.close();
    threads.close();
  }
}
