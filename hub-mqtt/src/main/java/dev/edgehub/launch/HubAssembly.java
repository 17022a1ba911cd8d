package dev.edgehub.launch;

import dev.edgehub.config.HubConfig;
import dev.edgehub.deadletter.DeadLetterQueues;
import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.hub.ApplyResult;
import dev.edgehub.hub.EdgeHub;
import dev.edgehub.hub.HubHealth;
import dev.edgehub.hub.ManifestFile;
import dev.edgehub.hub.QueueReport;
import dev.edgehub.hub.StoreWatch;
import dev.edgehub.identity.RegistryFile;
import dev.edgehub.metrics.HubMeters;
import dev.edgehub.mqtt.admin.AdminServer;
import dev.edgehub.mqtt.admin.AdminSource;
import dev.edgehub.mqtt.admin.AdminToken;
import dev.edgehub.mqtt.admin.Operations;
import dev.edgehub.mqtt.auth.Authenticator;
import dev.edgehub.mqtt.auth.ClientAuthorities;
import dev.edgehub.mqtt.auth.Credentials;
import dev.edgehub.mqtt.auth.LocalIdentities;
import dev.edgehub.mqtt.http.HttpsServer;
import dev.edgehub.mqtt.server.Admission;
import dev.edgehub.mqtt.server.Descriptors;
import dev.edgehub.mqtt.server.EventLoops;
import dev.edgehub.mqtt.server.MqttServer;
import dev.edgehub.mqtt.session.ClientFigures;
import dev.edgehub.mqtt.session.ConnectionLog;
import dev.edgehub.mqtt.session.SessionDirectory;
import dev.edgehub.mqtt.session.SessionServices;
import dev.edgehub.mqtt.session.StoredSessions;
import dev.edgehub.mqtt.tls.ServerTls;
import dev.edgehub.mqtt.upstream.UpstreamConnector;
import dev.edgehub.mqtt.upstream.UpstreamStatus;
import dev.edgehub.mqtt.workload.WorkloadServer;
import dev.edgehub.store.Durability;
import dev.edgehub.store.Store;
import dev.edgehub.store.StoreException;
import dev.edgehub.store.StoreOptions;
import dev.edgehub.store.WhenFull;
import dev.edgehub.thread.HubThreads;
import dev.edgehub.thread.SerialExecutor;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole hub, wired by hand from the store up, and taken down in the opposite order. */
final class HubAssembly implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HubAssembly.class);

  private final HubConfig config;
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HubMeters meters;
  private final EdgeHub hub;
  private final RegistryFile identities;
  private final EventLoops loops;
  private final SessionDirectory directory = new SessionDirectory();
  private @Nullable UpstreamConnector upstream;
  private @Nullable ServerTls tls;
  private int mqttPort = -1;
  private @Nullable Admission admission;
  private int mqttsPort = -1;
  private int httpsPort = -1;
  private int adminPort = -1;

  private HubAssembly(HubConfig config, Runnable onFailure) {
    this.config = config;
    this.meters =
        new HubMeters(registry, config.iotHub(), config.deviceId(), UUID.randomUUID().toString());
    try {
      identities = keep(new RegistryFile(config.identities()));
      HubThreads threads = keep(new HubThreads());
      StoreWatch watch = new StoreWatch(meters, onFailure);
      Store store = keep(openStore(watch));
      hub = keep(new EdgeHub(config, store, watch, meters, threads, clock, random));
      applyManifest(threads);
      startUpstream(threads);
      loops = keep(new EventLoops());
      startMqtt(store, threads);
      startWorkload(threads);
      startAdmin(threads);
      RunningHub.announce(
          config.dataDir(),
          Map.of("mqttPort", mqttPort, "mqttsPort", mqttsPort, "httpsPort", httpsPort),
          config.admin().host(),
          adminPort);
    } catch (IOException e) {
      close();
      throw new HubException(
          ErrorCode.STORE_UNREADABLE, "cannot write into " + config.dataDir() + ": " + e, e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a hub; when this returns every listener accepts.
   *
   * @param onFailure called once when the hub must stop by its own fault; must not block
   * @throws HubException when it cannot start; nothing is left running
   */
  static HubAssembly start(HubConfig config, Runnable onFailure) {
    return new HubAssembly(config, onFailure);
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  private Store openStore(StoreWatch watch) {
    StoreOptions defaults = StoreOptions.defaults();
    StoreOptions options =
        new StoreOptions(
            Durability.valueOf(config.store().durability().toUpperCase(Locale.ROOT)),
            config.store().maxBytes(),
            defaults.reserveBytes(),
            defaults.tailBytes(),
            clock,
            whenFull(config.store().whenFull()),
            queue -> DeadLetterQueues.sinkOf(queue).isPresent());
    try {
      return Store.open(config.dataDir(), options, watch);
    } catch (StoreException e) {
      throw StoreFailure.of(e);
    }
  }

  private static WhenFull whenFull(String key) {
    return switch (key) {
      case "dropOldest" -> WhenFull.DROP_OLDEST;
      case "dropLowestPriority" -> WhenFull.DROP_LOWEST_PRIORITY;
      default -> WhenFull.REJECT;
    };
  }

  private void applyManifest(HubThreads threads) {
    Path file = config.manifest();
    if (file == null) {
      log.warn("No manifest is configured: messages are acknowledged and go nowhere");
      return;
    }
    ManifestFile manifest =
        keep(new ManifestFile(file, hub, threads.timer(), new SerialExecutor(threads.sinks())));
    ApplyResult result = manifest.start();
    if (!result.applied()) {
      throw new HubException(
          ErrorCode.MANIFEST_INVALID,
          "the manifest " + file + " is not valid:\n" + String.join("\n", result.issues()));
    }
  }

  private void startUpstream(HubThreads threads) {
    if (config.upstream().type() != HubConfig.UpstreamType.NONE) {
      upstream =
          keep(
              new UpstreamConnector(
                  config, hub.sinks(), meters, threads.sinks(), threads.timer(), clock, random));
      upstream.start();
    }
  }

  private void startMqtt(Store store, HubThreads threads) throws IOException {
    ConnectionLog log = new ConnectionLog(threads.timer());
    meters.connectedClients(directory::size);
    SessionServices services =
        new SessionServices(
            hub,
            new Authenticator(
                config.mqtt().trustLocal(),
                new LocalIdentities(store.documents(), config.limits().localIdentities()),
                new Credentials(
                    config, identities, ClientAuthorities.of(config.tls().clientCa()), clock)),
            new StoredSessions(store.documents(), hub::nowMillis),
            directory,
            config.deviceId(),
            config.limits(),
            log);
    identities.watch(
        threads.timer(),
        new SerialExecutor(threads.sinks()),
        () -> directory.review(clock.millis()));
    Admission admitted =
        new Admission(config.limits(), Descriptors.ofProcess(), log, meters, System::nanoTime);
    admission = admitted;
    HubConfig.Listener listener = config.mqtt().listener();
    mqttPort =
        bind(
            listener,
            () -> {
              MqttServer server = keep(MqttServer.plain(listener, loops, admitted, services));
              return server.port();
            });
    if (config.mqtts().on() || config.https().on()) {
      startSecure(services, admitted, threads);
    }
  }

  private void startSecure(SessionServices services, Admission admitted, HubThreads threads)
      throws IOException {
    ServerTls secure =
        keep(
            ServerTls.of(
                config, clock, random, threads.timer(), new SerialExecutor(threads.sinks())));
    tls = secure;
    mqttsPort =
        bind(
            config.mqtts(),
            () ->
                keep(MqttServer.secure(config.mqtts(), loops, admitted, services, secure)).port());
    httpsPort =
        bind(
            config.https(),
            () ->
                keep(new HttpsServer(config.https(), loops, admitted, services, secure, List.of()))
                    .port());
  }

  private void startWorkload(HubThreads threads) {
    String listen = config.workload();
    if (listen != null) {
      keep(new WorkloadServer(listen, config, identities, loops, threads.sinks()));
    }
  }

  private void startAdmin(HubThreads threads) throws IOException {
    AdminToken token = AdminToken.of(config.dataDir());
    HubConfig.Listener listener = config.admin();
    adminPort =
        bind(
            listener,
            () ->
                keep(new AdminServer(listener, loops, new Figures(), token, clock, threads.sinks()))
                    .port());
  }

  /** Binds a listener; a default port that is taken is a warning, one asked for an error. */
  private static int bind(HubConfig.Listener listener, IntSupplier server) {
    if (!listener.on()) {
      return -1;
    }
    try {
      return server.getAsInt();
    } catch (HubException e) {
      if (listener.asked() || e.code() != ErrorCode.PORT_UNAVAILABLE) {
        throw e;
      }
      log.warn("A listener stays off: {}", e.getMessage());
      return -1;
    }
  }

  /** The port of the MQTT listener, or -1 when it is off. */
  int mqttPort() {
    return mqttPort;
  }

  /** The port of MQTT over TLS, or -1 when it is off. */
  int mqttsPort() {
    return mqttsPort;
  }

  /** The port of HTTPS, or -1 when it is off. */
  int httpsPort() {
    return httpsPort;
  }

  private static String place(HubConfig.Listener listener, int port) {
    return port < 0 ? "off" : listener.host() + ":" + port;
  }

  /** One line that says where everything is. */
  String readyLine() {
    return "ready device="
        + config.deviceId()
        + " mqtt="
        + place(config.mqtt().listener(), mqttPort)
        + " admin="
        + place(config.admin(), adminPort)
        + " mqtts="
        + place(config.mqtts(), mqttsPort)
        + " https="
        + place(config.https(), httpsPort)
        + " data="
        + config.dataDir().toAbsolutePath()
        + " durability="
        + config.store().durability()
        + " routes="
        + hub.routes().targets().size()
        + " upstream="
        + config.upstream().type().name().toLowerCase(Locale.ROOT)
        + " transport="
        + loops.transport();
  }

  /** Feeds the admin listener. */
  private final class Figures implements AdminSource {

    @Override
    public String metrics() {
      hub.queues();
      return registry.scrape();
    }

    @Override
    public HubHealth health() {
      return hub.health()
          .with(
              Stream.of(
                      identities.problem(),
                      tls == null ? null : tls.problem(),
                      admission == null ? null : admission.problem())
                  .filter(Objects::nonNull)
                  .toList());
    }

    @Override
    public List<QueueReport> queues() {
      return hub.queues();
    }

    @Override
    public List<ClientFigures> clients() {
      return directory.clients();
    }

    @Override
    public UpstreamStatus upstream() {
      return upstream == null ? new UpstreamStatus("off", 0, null, 0) : upstream.status();
    }

    @Override
    public Operations operations() {
      return new HubOperations(hub);
    }
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) { // one part that cannot close must not keep the store from closing
        log.error("A part of the hub could not be closed", e);
      }
    }
    parts.clear();
    registry.close();
  }
}
