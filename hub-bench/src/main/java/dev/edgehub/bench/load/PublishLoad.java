package dev.edgehub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Messages that no route takes, which are decoded, allowed, routed and acknowledged, in turn with
 * mosquitto without a subscriber and with a responder that acknowledges without looking.
 */
final class PublishLoad {

  private static final String MANIFEST =
      """
      {"modulesContent": {"$edgeHub": {"properties.desired": {
        "schemaVersion": "1.1",
        "routes": {"other":
          "FROM /messages/modules/other/* INTO BrokeredEndpoint(\\"/modules/absent/inputs/in\\")"},
        "storeAndForwardConfiguration": {"timeToLiveSecs": 7200}}}}}
      """;

  private final Mqttload mqttload;
  private final Path distribution;
  private final Path directory;
  private final int rounds;
  private final int seconds;

  PublishLoad(Mqttload mqttload, Path distribution, Path directory, int rounds, int seconds) {
    this.mqttload = mqttload;
    this.distribution = distribution;
    this.directory = directory;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  void run() throws IOException, InterruptedException {
    Path manifest = Files.writeString(directory.resolve("manifest.json"), MANIFEST);
    Path data = Files.createDirectory(directory.resolve("data"));
    try (Mosquitto peer = Mosquitto.start(directory);
        BareResponder.Running bare = BareResponder.start();
        HubProcess hub = HubProcess.start(distribution, data, manifest, 0, List.of())) {
      mqttload.run(List.of("wait", "-p", "" + peer.port(), "-d", "10"));
      System.out.println("warming up");
      mqttload.run(publish(hub.port(), hub.pid(), 8));
      mqttload.run(publish(bare.port(), bare.pid(), 4));
      Table.head();
      List<Double> toPeer = new ArrayList<>();
      List<Double> toBare = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        double ours = one(round, "hub", hub.port(), hub.pid());
        toPeer.add(ours / one(round, "mosquitto", peer.port(), peer.pid()));
        toBare.add(ours / one(round, "bare", bare.port(), bare.pid()));
      }
      System.out.printf(
          Locale.ROOT,
          "median ratio to mosquitto %.2f, to the bare responder %.2f%n",
          Table.median(toPeer),
          Table.median(toBare));
    }
  }

  private double one(int round, String who, int port, long pid)
      throws IOException, InterruptedException {
    JsonNode result = mqttload.run(publish(port, pid, seconds));
    Table.line(round, who, result, "ack_rate", "ack_us");
    return result.path("ack_rate").asDouble();
  }

  /** Fifty publishers with twenty messages in flight each, 256 bytes, QoS 1. */
  private static List<String> publish(int port, long pid, int seconds) {
    List<String> arguments =
        new ArrayList<>(List.of("pub", "-p", "" + port, "--pid", "" + pid, "-d", "" + seconds));
    arguments.addAll(Arrays.asList("-n", "50", "-w", "20", "-s", "256", "-t", Scene.TOPIC));
    arguments.addAll(Arrays.asList("-i", "edge/m%c", "-u", Scene.userName("edge/m%c")));
    return arguments;
  }
}
