package dev.edgehub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Into the queue of an absent module: the hub with {@code disk} durability and mosquitto in memory,
 * in turn, round after round on the same machine.
 */
final class EnqueueLoad {

  private static final int WARM_UP_SECONDS = 5;

  private final Mqttload mqttload;
  private final Path distribution;
  private final Path directory;
  private final int rounds;
  private final int seconds;

  EnqueueLoad(Mqttload mqttload, Path distribution, Path directory, int rounds, int seconds) {
    this.mqttload = mqttload;
    this.distribution = distribution;
    this.directory = directory;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  void run() throws IOException, InterruptedException {
    Path manifest = Scene.writeManifest(directory);
    Path data = Files.createDirectory(directory.resolve("data"));
    try (Mosquitto peer = Mosquitto.start(directory);
        HubProcess hub = HubProcess.start(distribution, data, manifest, 0, List.of())) {
      System.out.println("hub started in " + hub.startMillis() + " ms; warming up");
      mqttload.run(Scene.publish(hub.port(), "-d", "" + WARM_UP_SECONDS));
      mqttload.run(List.of("wait", "-p", "" + peer.port(), "-d", "10"));
      mqttload.run(Scene.subscribeAtPeer(peer.port()));
      measure(hub, peer);
    }
  }

  private void measure(HubProcess hub, Mosquitto peer) throws IOException, InterruptedException {
    List<JsonNode> ours = new ArrayList<>();
    List<JsonNode> theirs = new ArrayList<>();
    System.out.println("round  who        msg/s    p50 ms  p99 ms  CPU s/100k  RSS MB");
    for (int round = 1; round <= rounds; round++) {
      ours.add(one(round, "hub", hub.port(), hub.pid()));
      theirs.add(one(round, "mosquitto", peer.port(), peer.pid()));
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      ratios.add(rate(ours.get(i)) / rate(theirs.get(i)));
    }
    System.out.printf(
        Locale.ROOT,
        "median: hub %.0f/s, mosquitto %.0f/s, ratio %.2f%n",
        median(ours, EnqueueLoad::rate),
        median(theirs, EnqueueLoad::rate),
        ratios.stream().sorted().toList().get(rounds / 2));
  }

  private JsonNode one(int round, String who, int port, long pid)
      throws IOException, InterruptedException {
    JsonNode result = mqttload.run(Scene.publish(port, "-d", "" + seconds, "--pid", "" + pid));
    System.out.printf(
        Locale.ROOT,
        "%-6d %-9s %7.0f  %7.2f %7.2f  %10.3f  %6.0f%n",
        round,
        who,
        rate(result),
        result.path("ack_us").path("p50").asDouble() / 1_000,
        result.path("ack_us").path("p99").asDouble() / 1_000,
        result.path("broker_cpu_s_per_100k").asDouble(),
        result.path("broker_rss_kb").asDouble() / 1_024);
    return result;
  }

  private static double rate(JsonNode result) {
    return result.path("ack_rate").asDouble();
  }

  private static double median(List<JsonNode> results, ToDoubleFunction<JsonNode> of) {
    return results.stream().mapToDouble(of).sorted().toArray()[results.size() / 2];
  }
}
