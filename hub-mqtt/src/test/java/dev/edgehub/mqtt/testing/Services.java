package dev.edgehub.mqtt.testing;

import dev.edgehub.config.HubConfig;
import dev.edgehub.hub.EdgeHub;
import dev.edgehub.hub.StoreWatch;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.RegistrySource;
import dev.edgehub.metrics.HubMeters;
import dev.edgehub.mqtt.auth.Authenticator;
import dev.edgehub.mqtt.auth.ClientAuthorities;
import dev.edgehub.mqtt.auth.Credentials;
import dev.edgehub.mqtt.auth.LocalIdentities;
import dev.edgehub.mqtt.session.ConnectionLog;
import dev.edgehub.mqtt.session.SessionDirectory;
import dev.edgehub.mqtt.session.SessionServices;
import dev.edgehub.mqtt.session.StoredSessions;
import dev.edgehub.store.Store;
import dev.edgehub.thread.HubThreads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Random;

/** A hub on a store of the test's choice, and what sessions need of it. */
public final class Services implements AutoCloseable {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final HubThreads threads = new HubThreads();
  private final EdgeHub hub;
  private final SessionServices services;

  /** Services with the routes of a manifest, where nobody is registered. */
  public Services(HubConfig config, Store store, String manifest) {
    this(config, store, manifest, RegistrySource.fixed(Registry.EMPTY), InstantSource.system());
  }

  /** Services with the routes of a manifest and registered identities. */
  public Services(
      HubConfig config,
      Store store,
      String manifest,
      RegistrySource identities,
      InstantSource clock) {
    HubMeters meters = new HubMeters(registry, config.iotHub(), config.deviceId(), "1");
    hub =
        new EdgeHub(
            config,
            store,
            new StoreWatch(meters, () -> {}),
            meters,
            threads,
            InstantSource.system(),
            new Random(1));
    if (!hub.apply(manifest.getBytes(StandardCharsets.UTF_8)).applied()) {
      throw new AssertionError(hub.health().problems());
    }
    services =
        new SessionServices(
            hub,
            new Authenticator(
                config.mqtt().trustLocal(),
                new LocalIdentities(store.documents(), config.limits().localIdentities()),
                new Credentials(config, identities, ClientAuthorities.of(null), clock)),
            new StoredSessions(store.documents()),
            new SessionDirectory(),
            config.deviceId(),
            config.limits(),
            new ConnectionLog(threads.timer()));
  }

  public SessionServices get() {
    return services;
  }

  public EdgeHub hub() {
    return hub;
  }

  /** A counter's value over all its series. */
  public double count(String meter) {
    return registry.find(meter).counters().stream().mapToDouble(counter -> counter.count()).sum();
  }

  @Override
  public void close() {
    hub.close();
    threads.close();
  }
}
