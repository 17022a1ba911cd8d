package dev.edgehub.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From the start of the process to the first connection that is accepted. */
final class StartLoad {

  private final Path distribution;
  private final Path directory;
  private final int rounds;

  StartLoad(Path distribution, Path directory, int rounds) {
    this.distribution = distribution;
    this.directory = directory;
    this.rounds = rounds;
  }

  void run() throws IOException, InterruptedException {
    Path manifest = Scene.writeManifest(directory);
    Path data = Files.createDirectory(directory.resolve("data"));
    List<Double> hubs = new ArrayList<>();
    List<Double> cpus = new ArrayList<>();
    List<Double> javas = new ArrayList<>();
    System.out.println("round  ready ms  accepted ms  CPU s  java -version ms");
    for (int round = 0; round <= rounds; round++) {
      long begun = System.nanoTime();
      double accepted;
      double cpu;
      long ready;
      try (HubProcess hub = HubProcess.start(distribution, data, manifest, 0, List.of())) {
        ready = hub.startMillis();
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
          accepted = first.isConnected() ? millisSince(begun) : Double.NaN;
        }
        cpu = ProcessFigures.cpuSeconds(hub.pid());
      }
      double java = javaAlone();
      if (round == 0) {
        continue; // it unpacks the native library
      }
      hubs.add(accepted);
      cpus.add(cpu);
      javas.add(java);
      System.out.printf(
          Locale.ROOT, "%-6d %8d  %11.0f  %5.2f  %16.0f%n", round, ready, accepted, cpu, java);
    }
    System.out.printf(
        Locale.ROOT,
        "median: accepted %.0f ms, CPU %.2f s, java -version %.0f ms%n",
        Table.median(hubs),
        Table.median(cpus),
        Table.median(javas));
  }

  /** The same Java that the launcher takes. */
  private static double javaAlone() throws IOException, InterruptedException {
    String home = System.getenv("JAVA_HOME");
    String java = home == null || home.isEmpty() ? "java" : home + "/bin/java";
    long begun = System.nanoTime();
    new ProcessBuilder(java, "-version")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    return millisSince(begun);
  }

  private static double millisSince(long begun) {
    return (System.nanoTime() - begun) / 1e6;
  }
}
