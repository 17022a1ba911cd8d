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
import dev.edgehub.store.DocumentStore;
import dev.edgehub.store.Store;
import dev.edgehub.thread.HubThreads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** A hub on a store of the test's choice, and what sessions need of it. */
public final class Services implements AutoCloseable {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final HubThreads threads = new HubThreads();
  private final HubConfig config;
  private final RegistrySource identities;
  private final InstantSource clock;
  private final ConnectionLog connectionLog;
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
    this.config = config;
    this.identities = identities;
    this.clock = clock;
    connectionLog = new ConnectionLog(threads.timer());
    services = fresh(store.documents());
  }

  /** Services on the same hub that know of no identity, session or connection but the stored. */
  public SessionServices fresh(DocumentStore documents) {
    return new SessionServices(
        hub,
        new Authenticator(
            config.mqtt().trustLocal(),
            new LocalIdentities(documents, config.limits().localIdentities()),
            new Credentials(config, identities, ClientAuthorities.of(null), clock)),
        new StoredSessions(documents, hub::nowMillis),
        new SessionDirectory(),
        config.deviceId(),
        config.limits(),
        connectionLog);
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

  /** Connections that the hub ended, by reason. */
  public Map<String, Integer> closed() {
    return registry.find("edgehub.client.closed").counters().stream()
        .collect(
            Collectors.toMap(
                counter -> "" + counter.getId().getTag("reason"),
                counter -> (int) counter.count()));
  }

  @Override
  public void close() {
    hub.close();
    threads.close();
  }
}
