package dev.edgehub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The same load while the hub is killed (SIGKILL) again and again; at the end the queue is drained
 * and the ledgers of both sides are compared.
 */
final class CrashLoad {

  private static final int LEAST_MILLIS = 300;
  private static final int MOST_MILLIS = 1_500;

  private final Mqttload mqttload;
  private final Path distribution;
  private final Path directory;
  private final int cycles;
  private final long seed;

  CrashLoad(Mqttload mqttload, Path distribution, Path directory, int cycles, long seed) {
    this.mqttload = mqttload;
    this.distribution = distribution;
    this.directory = directory;
    this.cycles = cycles;
    this.seed = seed;
  }

  /** Whether nothing acknowledged was lost. */
  boolean run() throws IOException, InterruptedException {
    System.out.println("seed " + seed);
    Path manifest = Scene.writeManifest(directory);
    Path data = Files.createDirectory(directory.resolve("data"));
    Path acked = directory.resolve("acked");
    Path received = directory.resolve("received");
    HubProcess hub = HubProcess.start(distribution, data, manifest, 0, List.of());
    int port = hub.port();
    try {
      Process publisher =
          mqttload.start(
              Scene.publish(port, "-d", "3600", "--reconnect", "--ledger", acked.toString()));
      SplittableRandom random = new SplittableRandom(seed);
      for (int cycle = 1; cycle <= cycles; cycle++) {
        Thread.sleep(random.nextInt(LEAST_MILLIS, MOST_MILLIS));
        hub.kill();
        hub = HubProcess.start(distribution, data, manifest, port, List.of());
        System.out.println(
            "cycle " + cycle + ": killed, back and accepting after " + hub.startMillis() + " ms");
      }
      Thread.sleep(MOST_MILLIS);
      publisher.toHandle().destroy(); // its result is still to be read
      System.out.println("publishers: " + Mqttload.result(publisher));
      return compare(port, acked, received);
    } finally {
      hub.close();
    }
  }

  private boolean compare(int port, Path acked, Path received)
      throws IOException, InterruptedException {
    System.out.println(
        "receiver: "
            + mqttload.run(
                Scene.receive(port, "--idle-exit", "5", "--ledger", received.toString())));
    JsonNode verdict = mqttload.run(List.of("verify", acked.toString(), received.toString()));
    System.out.println("ledgers: " + verdict);
    return verdict.path("lost").asLong(-1) == 0;
  }
}
