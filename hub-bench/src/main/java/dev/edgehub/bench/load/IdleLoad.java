package dev.edgehub.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Connections that only keep alive: what resident memory grows by for each, in a hub that has just
 * been started, so that no memory of earlier work takes them in; beside mosquitto's.
 */
final class IdleLoad {

  private static final int SETTLE_SECONDS = 10;

  /** Connections and other files of the hub and of the generator. */
  private static final int SPARE_DESCRIPTORS = 500;

  private final Mqttload mqttload;
  private final Path distribution;
  private final Path directory;
  private final int connections;

  IdleLoad(Mqttload mqttload, Path distribution, Path directory, int connections) {
    this.mqttload = mqttload;
    this.distribution = distribution;
    this.directory = directory;
    this.connections = connections;
  }

  void run() throws IOException, InterruptedException {
    checkDescriptors();
    Path manifest = Scene.writeManifest(directory);
    Path data = Files.createDirectory(directory.resolve("data"));
    List<String> room =
        List.of(
            "limits.connections=" + (connections + 10),
            "limits.localIdentities=" + (connections + 100));
    try (Mosquitto peer = Mosquitto.start(directory);
        HubProcess hub = HubProcess.start(distribution, data, manifest, 0, room)) {
      mqttload.run(List.of("wait", "-p", "" + peer.port(), "-d", "10"));
      System.out.println(
          "who        connections  RSS MB before  RSS MB then  KB each  CPU s in 10 s");
      hold("hub", hub.port(), hub.pid());
      hold("mosquitto", peer.port(), peer.pid());
    }
  }

  private void hold(String who, int port, long pid) throws IOException, InterruptedException {
    Path up = directory.resolve(who + ".up");
    ProcessFigures before = ProcessFigures.of(pid);
    Process generator =
        mqttload.start(
            List.of(
                "idle",
                "-p",
                "" + port,
                "-n",
                "" + connections,
                "-i",
                "edge/i%c",
                "-u",
                Scene.userName("edge/i%c"),
                "--parallel",
                "200",
                "--hold",
                "" + (2 * SETTLE_SECONDS + 2),
                "--ready-file",
                up.toString()));
    while (!Files.exists(up)) {
      if (generator.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IOException("the connections were not made: " + Mqttload.result(generator));
      }
    }
    Thread.sleep(SETTLE_SECONDS * 1_000);
    double cpu = ProcessFigures.cpuSeconds(pid);
    Thread.sleep(SETTLE_SECONDS * 1_000);
    cpu = ProcessFigures.cpuSeconds(pid) - cpu;
    long then = ProcessFigures.of(pid).residentBytes();
    System.out.printf(
        Locale.ROOT,
        "%-9s %12d  %13d  %11d  %7.1f  %13.2f%n",
        who,
        connections,
        before.residentBytes() >> 20,
        then >> 20,
        (then - before.residentBytes()) / 1_024.0 / connections,
        cpu);
    Mqttload.result(generator);
  }

  private void checkDescriptors() throws IOException, InterruptedException {
    Process ulimit = new ProcessBuilder("sh", "-c", "ulimit -Hn").start();
    String limit =
        new String(ulimit.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    ulimit.waitFor();
    if (!limit.equals("unlimited") && Integer.parseInt(limit) < connections + SPARE_DESCRIPTORS) {
      throw new Skipped(
          "a process may open "
              + limit
              + " files here, expected "
              + (connections + SPARE_DESCRIPTORS)
              + "; raise it with ulimit -n, or ask for less with --connections");
    }
  }
}
