package dev.edgehub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A backlog of millions is built up in ten parts, the hub is killed and started on it, and drained:
 * rates at its beginning and its end, memory, start, what was written, what is left on the disk.
 */
final class BacklogLoad {

  private static final int PARTS = 10;
  private static final int WARM_UP = 1_000_000;

  private final Mqttload mqttload;
  private final Path distribution;
  private final Path directory;
  private final int messages;

  BacklogLoad(Mqttload mqttload, Path distribution, Path directory, int messages) {
    this.mqttload = mqttload;
    this.distribution = distribution;
    this.directory = directory;
    this.messages = messages;
  }

  /** Whether everything arrived in order. */
  boolean run() throws IOException, InterruptedException {
    Path manifest = Scene.writeManifest(directory);
    Path data = Files.createDirectory(directory.resolve("data"));
    long written;
    long stored;
    try (HubProcess hub = HubProcess.start(distribution, data, manifest, 0, List.of())) {
      mqttload.run(Scene.publish(hub.port(), "-m", "" + WARM_UP));
      mqttload.run(Scene.receive(hub.port(), "--expect", "" + WARM_UP, "--idle-exit", "20"));
      long before = hub.figures().writtenBytes();
      fill(hub);
      stored = hub.admin().waiting().bytes();
      written = hub.figures().writtenBytes() - before;
      hub.kill();
    }
    try (HubProcess hub = HubProcess.start(distribution, data, manifest, 0, List.of())) {
      System.out.println(
          "killed; accepting again after "
              + hub.startMillis()
              + " ms with "
              + hub.admin().waiting().depth()
              + " waiting");
      JsonNode result = drain(hub);
      Thread.sleep(10_000);
      written += hub.figures().writtenBytes();
      System.out.printf(
          Locale.ROOT,
          "unique %d, missing %d, out of order %d; written/stored %.2f; %d MB on the disk 10 s"
              + " later%n",
          result.path("unique").asLong(),
          result.path("missing").asLong(),
          result.path("out_of_order").asLong(),
          (double) written / stored,
          hub.dataBytes() >> 20);
      return result.path("missing").asLong() == 0 && result.path("out_of_order").asLong() == 0;
    }
  }

  private void fill(HubProcess hub) throws IOException, InterruptedException {
    System.out.println("waiting      enqueued/s  RSS MB  disk MB");
    for (int part = 0; part < PARTS; part++) {
      JsonNode result = mqttload.run(Scene.publish(hub.port(), "-m", "" + messages / PARTS));
      System.out.printf(
          Locale.ROOT,
          "%-11d  %10.0f  %6d  %7d%n",
          hub.admin().waiting().depth(),
          result.path("ack_rate").asDouble(),
          hub.figures().residentBytes() >> 20,
          hub.dataBytes() >> 20);
    }
  }

  /** Reads the depth now and then, so that the rate is known for each part. */
  private JsonNode drain(HubProcess hub) throws IOException, InterruptedException {
    System.out.println("waiting      drained/s  RSS MB  disk MB");
    long waiting = hub.admin().waiting().depth();
    Process receiver =
        mqttload.start(Scene.receive(hub.port(), "--expect", "" + messages, "--idle-exit", "20"));
    long since = System.nanoTime();
    long told = waiting;
    while (receiver.isAlive()) {
      Thread.sleep(100);
      waiting = hub.admin().waiting().depth();
      if (told - waiting >= messages / PARTS || (waiting == 0 && told > 0)) {
        long now = System.nanoTime();
        System.out.printf(
            Locale.ROOT,
            "%-11d  %9.0f  %6d  %7d%n",
            waiting,
            (told - waiting) * 1e9 / (now - since),
            hub.figures().residentBytes() >> 20,
            hub.dataBytes() >> 20);
        told = waiting;
        since = now;
      }
    }
    return Mqttload.result(receiver);
  }
}
