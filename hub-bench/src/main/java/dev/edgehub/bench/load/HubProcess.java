package dev.edgehub.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The hub as installed, in a process of its own. */
final class HubProcess implements AutoCloseable {

  private static final Pattern READY =
      Pattern.compile("(?m)^ready .*mqtt=[^ ]*:(\\d+) admin=([^ ]*) ");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final int port;
  private final long startMillis;
  private final Path dataDir;
  private final HubAdmin admin;

  private HubProcess(Process process, int port, long startMillis, Path dataDir, HubAdmin admin) {
    this.process = process;
    this.port = port;
    this.startMillis = startMillis;
    this.dataDir = dataDir;
    this.admin = admin;
  }

  /**
   * Starts a hub and waits until it accepts.
   *
   * @param port 0 for any free one
   */
  static HubProcess start(
      Path distribution, Path dataDir, Path manifest, int port, List<String> settings)
      throws IOException, InterruptedException {
    Path log = dataDir.resolveSibling(dataDir.getFileName() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
            distribution.resolve("bin/edge-hub").toString(),
            "run",
            "--set",
            "dataDir=" + dataDir,
            "--set",
            "manifest=" + manifest,
            "--set",
            "listeners.mqtt.port=" + port,
            "--set",
            "listeners.admin.port=0",
            "--set",
            "listeners.mqtts.port=-1",
            "--set",
            "listeners.https.port=-1");
    for (String setting : settings) {
      builder.command().addAll(List.of("--set", setting));
    }
    long begun = System.nanoTime();
    Process process =
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(log.toFile()).start();
    while (true) {
      Matcher ready = READY.matcher(Files.readString(log));
      long taken = System.nanoTime() - begun;
      if (ready.find()) {
        return new HubProcess(
            process,
            Integer.parseInt(ready.group(1)),
            taken / 1_000_000,
            dataDir,
            new HubAdmin(ready.group(2), dataDir));
      }
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || taken > START_LIMIT.toNanos()) {
        process.destroyForcibly();
        throw new IOException("the hub did not start; it said:\n" + Files.readString(log));
      }
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** From the start of the process to its ready line, in ms. */
  long startMillis() {
    return startMillis;
  }

  HubAdmin admin() {
    return admin;
  }

  ProcessFigures figures() throws IOException {
    return ProcessFigures.of(pid());
  }

  /** The bytes of its data directory. */
  long dataBytes() throws IOException {
    return ProcessFigures.bytesBelow(dataDir);
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
