package dev.edgehub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Messages that are delivered at once: what the device is asked to write for each byte of them, and
 * how long one message alone takes beside a bare append and sync of the same machine.
 */
final class LiveLoad {

  private static final int SAMPLE = 20_000;

  private final Mqttload mqttload;
  private final Path distribution;
  private final Path directory;
  private final int seconds;

  LiveLoad(Mqttload mqttload, Path distribution, Path directory, int seconds) {
    this.mqttload = mqttload;
    this.distribution = distribution;
    this.directory = directory;
    this.seconds = seconds;
  }

  void run() throws IOException, InterruptedException {
    Path manifest = Scene.writeManifest(directory);
    Path data = Files.createDirectory(directory.resolve("data"));
    try (HubProcess hub = HubProcess.start(distribution, data, manifest, 0, List.of())) {
      mqttload.run(Scene.publish(hub.port(), "-m", "" + SAMPLE));
      HubAdmin.Waiting sample = hub.admin().waiting();
      double entryBytes = (double) sample.bytes() / sample.depth();
      Process receiver = mqttload.start(Scene.receive(hub.port(), "--idle-exit", "5"));
      mqttload.run(Scene.publish(hub.port(), "-d", "5"));
      long before = hub.figures().writtenBytes();
      JsonNode published = mqttload.run(Scene.publish(hub.port(), "-d", "" + seconds));
      long acknowledged = published.path("acked").asLong();
      JsonNode received = Mqttload.result(receiver);
      long written = hub.figures().writtenBytes() - before;
      System.out.printf(
          Locale.ROOT,
          "delivered at once: %.0f msg/s acknowledged, %d received in all, %.1f bytes per stored"
              + " entry, written/stored %.2f, RSS %d MB%n",
          published.path("ack_rate").asDouble(),
          received.path("received").asLong(),
          entryBytes,
          written / (acknowledged * entryBytes),
          hub.figures().residentBytes() >> 20);
      alone(hub);
    }
  }

  /** One connection, one message in flight, in turn with bare syncs. */
  private void alone(HubProcess hub) throws IOException, InterruptedException {
    BareSync bare = new BareSync(directory.resolve("bare"));
    System.out.println(
        "round  bare 4 KiB append and sync p50 us  one in flight p50 us  difference");
    for (int round = 1; round <= 3; round++) {
      double machine = bare.medianMicros();
      JsonNode result = mqttload.run(Scene.publish(hub.port(), "-n", "1", "-w", "1", "-m", "5000"));
      double p50 = result.path("ack_us").path("p50").asDouble();
      System.out.printf(
          Locale.ROOT, "%-6d %35.0f  %20.0f  %10.0f%n", round, machine, p50, p50 - machine);
    }
  }
}
