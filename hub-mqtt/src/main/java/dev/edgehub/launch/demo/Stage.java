package dev.edgehub.launch.demo;

import java.io.IOException;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All parties, and what can be done to them. The director's thread does it; others may look. */
final class Stage {

  static final int READINGS_PER_SECOND = 150;

  private static final String EDGE = "edge";
  private static final String CLOUD = "cloud";

  private final InstantSource clock = InstantSource.system();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Cleanup cleanup;
  private final ScheduledExecutorService timer;
  private final Alarm alarm;
  private final HubProgram edgeProgram;
  private final Relay relay;
  private final TempSensor sensor;
  private final AdminClient cloudAdmin;
  private final List<Kill> kills = new ArrayList<>();
  private HubProcess edge;
  private Instant killedAt = Instant.EPOCH;
  private @Nullable ScheduledFuture<?> measuring;
  private volatile @Nullable AdminClient edgeAdmin;
  private volatile String edgeState = "starting";

  /**
   * Starts everything but the sensor's measuring.
   *
   * @param timer runs the sensor
   */
  Stage(
      Workplace place,
      Ledger ledger,
      ScheduledExecutorService timer,
      Cleanup cleanup,
      Alarm alarm) {
    this.cleanup = cleanup;
    this.timer = timer;
    this.alarm = alarm;
    FreePorts ports = new FreePorts(new SecureRandom());
    int edgePort = ports.next();
    int relayPort = ports.next();
    HubProgram cloudProgram =
        new HubProgram(CLOUD, place, List.of("listeners.mqtt.port=0"), clock, alarm);
    edgeProgram =
        new HubProgram(
            EDGE,
            place,
            List.of(
                "listeners.mqtt.port=" + edgePort,
                "upstream.type=hub",
                "upstream.host=127.0.0.1",
                "upstream.port=" + relayPort,
                "upstream.tls=false"),
            clock,
            alarm);
    HubProcess cloud = cleanup.keep(cloudProgram.start());
    edge = cleanup.keep(edgeProgram.start());
    HubProcess.Ports cloudPorts = cloud.awaitReady();
    cloudAdmin = new AdminClient(http, cloudPorts.admin(), cloudProgram.dataDir());
    relay = cleanup.keep(new Relay(relayPort, cloudPorts.mqtt()));
    relay.join();
    CloudApp app = new CloudApp(ledger);
    connect(cloudPorts.mqtt(), CLOUD, "cloudApp")
        .subscribe(arrival -> alarm.guard(() -> app.receive(arrival)));
    awaitEdge();
    ModuleClient filterClient = connect(edgePort, EDGE, "filtermodule");
    FilterModule filter = new FilterModule(filterClient, ledger);
    filterClient.subscribe(arrival -> alarm.guard(() -> filter.receive(arrival)));
    sensor = new TempSensor(connect(edgePort, EDGE, "tempSensor"), ledger);
  }

  private ModuleClient connect(int port, String device, String module) {
    ModuleClient client = cleanup.keep(new ModuleClient(port, device, module));
    client.connect();
    return client;
  }

  private void awaitEdge() {
    HubProcess.Ports ports = edge.awaitReady();
    edgeAdmin = new AdminClient(http, ports.admin(), edgeProgram.dataDir());
    edgeState = "running, pid " + edge.pid() + (kills.isEmpty() ? "" : ", after SIGKILL");
  }

  /** Lets the sensor measure, {@value #READINGS_PER_SECOND} times a second. */
  void startSensor() {
    measuring =
        timer.scheduleAtFixedRate(
            () -> alarm.guard(sensor::measure),
            0,
            TimeUnit.SECONDS.toNanos(1) / READINGS_PER_SECOND,
            TimeUnit.NANOSECONDS);
  }

  void stopSensor() {
    if (measuring != null) {
      measuring.cancel(false);
    }
  }

  void cutUpstream() {
    relay.cut();
  }

  void restoreUpstream() {
    relay.join();
  }

  /** SIGKILL; the pid that was. */
  long killEdge() {
    edgeAdmin = null;
    killedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    edge.kill();
    edgeState = "killed";
    return edge.pid();
  }

  /** Starts the edge hub again, on the same data and the same port; waits until it is ready. */
  long restartEdge() {
    edgeState = "starting";
    HubProcess next = cleanup.keep(edgeProgram.start());
    kills.add(new Kill(edge.pid(), edge.startedAt(), killedAt, next.startedAt()));
    edge = next;
    awaitEdge();
    return next.pid();
  }

  List<Kill> kills() {
    return List.copyOf(kills);
  }

  String edgeState() {
    return edgeState;
  }

  /** The edge hub's own figures, over all its runs. */
  List<QueueFigures> edgeQueues() throws IOException {
    AdminClient admin = edgeAdmin;
    if (admin == null) {
      throw new IOException("the edge hub does not run");
    }
    return admin.queues();
  }

  /** The state of the edge hub's link to upstream, in its own words. */
  String upstreamState() throws IOException {
    AdminClient admin = edgeAdmin;
    if (admin == null) {
      throw new IOException("the edge hub does not run");
    }
    return admin.upstreamState();
  }

  List<QueueFigures> cloudQueues() throws IOException {
    return cloudAdmin.queues();
  }
}
