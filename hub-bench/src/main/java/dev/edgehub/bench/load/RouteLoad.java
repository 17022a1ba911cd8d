package dev.edgehub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ten modules send to ten others through routes, all connected, in turn with mosquitto's plain
 * publish and subscribe: as fast as it goes, then 2,000 messages a second in all.
 */
final class RouteLoad {

  private static final int PAIRS = 10;
  private static final int SLOW = 2_000;

  private final Mqttload mqttload;
  private final Path distribution;
  private final Path directory;
  private final int rounds;
  private final int seconds;
  private boolean whole = true;

  RouteLoad(Mqttload mqttload, Path distribution, Path directory, int rounds, int seconds) {
    this.mqttload = mqttload;
    this.distribution = distribution;
    this.directory = directory;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /** Whether everything acknowledged was received. */
  boolean run() throws IOException, InterruptedException {
    Path manifest = Files.writeString(directory.resolve("manifest.json"), manifest());
    Path data = Files.createDirectory(directory.resolve("data"));
    try (Mosquitto peer = Mosquitto.start(directory);
        HubProcess hub = HubProcess.start(distribution, data, manifest, 0, List.of())) {
      mqttload.run(List.of("wait", "-p", "" + peer.port(), "-d", "10"));
      System.out.println("warming up");
      mqttload.run(atHub(hub, "-w", "10", "-d", "8"));
      System.out.println("window 10, as fast as it goes; latency from end to end");
      Table.head();
      List<Double> ratios = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        JsonNode ours = one(round, "hub", atHub(hub, "-w", "10", "-d", "" + seconds));
        JsonNode theirs = one(round, "mosquitto", atPeer(peer, "-w", "10", "-d", "" + seconds));
        ratios.add(ours.path("recv_rate").asDouble() / theirs.path("recv_rate").asDouble());
      }
      System.out.printf(Locale.ROOT, "median ratio %.2f%n", Table.median(ratios));
      slowly(hub, peer);
    }
    return whole;
  }

  private void slowly(HubProcess hub, Mosquitto peer) throws IOException, InterruptedException {
    System.out.println(SLOW + " messages a second in all; 30 s of it first, for the JIT");
    String[] slow = {"-w", "20", "-r", "" + SLOW, "--warmup", "1", "-d", "" + (seconds + 1)};
    mqttload.run(atHub(hub, "-w", "20", "-r", "" + SLOW, "-d", "30"));
    BareSync bare = new BareSync(directory.resolve("bare"));
    Table.head();
    for (int round = 1; round <= rounds; round++) {
      BareSync.Cost sync = bare.measure();
      System.out.printf(
          Locale.ROOT,
          "%-6d one append and sync of this machine: %.0f us; 100k of them: %.2f CPU s%n",
          round,
          sync.medianMicros(),
          sync.cpuMicros() / 10);
      one(round, "hub", atHub(hub, slow));
      one(round, "mosquitto", atPeer(peer, slow));
    }
  }

  private JsonNode one(int round, String who, List<String> arguments)
      throws IOException, InterruptedException {
    JsonNode result = mqttload.run(arguments);
    Table.line(round, who, result, "recv_rate", "e2e_us");
    whole &= result.path("ok").asBoolean();
    return result;
  }

  private static List<String> atHub(HubProcess hub, String... more) {
    return pair(hub.port(), hub.pid(), "devices/edge/modules/s%c/inputs/#", more);
  }

  private static List<String> atPeer(Mosquitto peer, String... more) {
    return pair(peer.port(), peer.pid(), Scene.TOPIC + "#", more);
  }

  private static List<String> pair(int port, long pid, String filter, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("pair", "-p", "" + port, "--pid", "" + pid, "-s", "256"));
    arguments.addAll(List.of("-n", "" + PAIRS, "-i", "edge/m%c", "-u", Scene.userName("edge/m%c")));
    arguments.addAll(List.of("-S", "" + PAIRS, "--sub-id", "edge/s%c"));
    arguments.addAll(List.of("--sub-user", Scene.userName("edge/s%c")));
    arguments.addAll(List.of("-t", Scene.TOPIC, "-f", filter, "--drain", "8"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static String manifest() {
    String routes =
        IntStream.range(0, PAIRS)
            .mapToObj(
                i ->
                    "\"r%d\": \"FROM /messages/modules/m%d/* INTO BrokeredEndpoint(\\\"/modules/s%d/inputs/in\\\")\""
                        .formatted(i, i, i))
            .collect(Collectors.joining(",\n"));
    return """
        {"modulesContent": {"$edgeHub": {"properties.desired": {
          "schemaVersion": "1.1",
          "routes": {%s},
          "storeAndForwardConfiguration": {"timeToLiveSecs": 7200}}}}}
        """
        .formatted(routes);
  }
}
