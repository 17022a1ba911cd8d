package dev.edgehub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A backlog is drained to one receiver: the hub from its disk and mosquitto from its memory, in
 * turn. In order, nothing missing, and the hub's directory small again soon after.
 */
final class DrainLoad {

  private static final int WARM_UP = 300_000;
  private static final int SMALL_AGAIN_SECONDS = 10;

  private final Mqttload mqttload;
  private final Path distribution;
  private final Path directory;
  private final int rounds;
  private final int messages;

  DrainLoad(Mqttload mqttload, Path distribution, Path directory, int rounds, int messages) {
    this.mqttload = mqttload;
    this.distribution = distribution;
    this.directory = directory;
    this.rounds = rounds;
    this.messages = messages;
  }

  /** Whether everything arrived in order. */
  boolean run() throws IOException, InterruptedException {
    Path manifest = Scene.writeManifest(directory);
    Path data = Files.createDirectory(directory.resolve("data"));
    List<Double> ratios = new ArrayList<>();
    boolean whole = true;
    try (Mosquitto peer = Mosquitto.start(directory);
        HubProcess hub = HubProcess.start(distribution, data, manifest, 0, List.of())) {
      System.out.println("warming up with " + WARM_UP + " messages there and back");
      mqttload.run(Scene.publish(hub.port(), "-m", "" + WARM_UP));
      mqttload.run(Scene.receive(hub.port(), "--expect", "" + WARM_UP, "--idle-exit", "20"));
      mqttload.run(List.of("wait", "-p", "" + peer.port(), "-d", "10"));
      mqttload.run(Scene.subscribeAtPeer(peer.port()));
      System.out.println(
          "round  who        drained/s  missing  out of order  CPU s/100k  RSS MB  written/stored"
              + "  MB after 10 s");
      for (int round = 1; round <= rounds; round++) {
        JsonNode ours = hub(round, hub);
        JsonNode theirs = peer(round, peer);
        ratios.add(rate(ours) / rate(theirs));
        whole &= isWhole(ours);
      }
    }
    System.out.printf(
        Locale.ROOT, "median ratio %.2f%n", ratios.stream().sorted().toList().get(rounds / 2));
    return whole;
  }

  private boolean isWhole(JsonNode result) {
    return result.path("unique").asLong() == messages
        && result.path("missing").asLong() == 0
        && result.path("out_of_order").asLong() == 0;
  }

  private JsonNode hub(int round, HubProcess hub) throws IOException, InterruptedException {
    long before = hub.figures().writtenBytes();
    mqttload.run(Scene.publish(hub.port(), "-m", "" + messages));
    long stored = hub.admin().waiting().bytes();
    JsonNode result =
        mqttload.run(
            Scene.receive(
                hub.port(),
                "--expect",
                "" + messages,
                "--idle-exit",
                "20",
                "--pid",
                "" + hub.pid()));
    Thread.sleep(SMALL_AGAIN_SECONDS * 1_000);
    ProcessFigures after = hub.figures();
    System.out.printf(
        Locale.ROOT,
        "%s  %14.2f  %13d%n",
        line(round, "hub", result),
        (double) (after.writtenBytes() - before) / stored,
        hub.dataBytes() >> 20);
    return result;
  }

  private JsonNode peer(int round, Mosquitto peer) throws IOException, InterruptedException {
    mqttload.run(Scene.publish(peer.port(), "-m", "" + messages));
    JsonNode result =
        mqttload.run(
            Scene.receiveAtPeer(
                peer.port(),
                "--expect",
                "" + messages,
                "--idle-exit",
                "20",
                "--pid",
                "" + peer.pid()));
    System.out.println(line(round, "mosquitto", result));
    return result;
  }

  private static double rate(JsonNode result) {
    return result.path("recv_rate").asDouble();
  }

  private static String line(int round, String who, JsonNode result) {
    return String.format(
        Locale.ROOT,
        "%-6d %-9s %10.0f  %7d  %12d  %10.3f  %6.0f",
        round,
        who,
        rate(result),
        result.path("missing").asLong(),
        result.path("out_of_order").asLong(),
        result.path("broker_cpu_s_per_100k").asDouble(),
        result.path("broker_rss_kb").asDouble() / 1_024);
  }
}
