package dev.edgehub.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Mosquitto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The whole hub in a process of its own, which can be started again on the same port and directory.
 */
final class HubProcess implements AutoCloseable {

  private static final String MAIN = "dev.edgehub.launch.Main";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;
  private final Path data;
  private final int port = Mosquitto.freePort();
  private UnaryOperator<Command> where = command -> command;
  private Process process;
  private int runs;

  /**
   * A hub that is not started yet.
   *
   * @param directory has its {@code manifest.json} and gets its logs
   * @param data its data directory
   */
  HubProcess(Path directory, Path data) {
    this.directory = directory;
    this.data = data;
  }

  /** Runs all commands where this puts them. */
  HubProcess inside(UnaryOperator<Command> place) {
    where = place;
    return this;
  }

  int port() {
    return port;
  }

  /** Starts, and waits until it accepts. */
  void start() {
    start(Map.of());
  }

  void start(Map<String, String> environment) {
    Path log = directory.resolve("hub-" + runs++ + ".log");
    Command command =
        Command.javaMain(
            MAIN,
            "run",
            "--set",
            "deviceId=edge",
            "--set",
            "dataDir=" + data,
            "--set",
            "manifest=" + directory.resolve("manifest.json"),
            "--set",
            "listeners.mqtt.port=" + port,
            "--set",
            "listeners.admin.port=0");
    ProcessBuilder builder = where.apply(command).builder();
    builder.environment().putAll(environment);
    try {
      process = builder.redirectError(log.toFile()).redirectOutput(Redirect.DISCARD).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until(() -> "the hub starts: " + text(log), () -> text(log).contains("ready device="));
  }

  /** SIGKILL. */
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The exit status of a hub that ends by itself within this time. */
  int exitStatus(int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("the hub still runs after " + seconds + " s");
    }
    return process.exitValue();
  }

  /** Runs a command against this hub's data directory. */
  Command.Result command(String... words) {
    Object[] all = Arrays.copyOf(words, words.length + 2, Object[].class);
    all[words.length] = "--set";
    all[words.length + 1] = "dataDir=" + data;
    return Command.run(where.apply(Command.javaMain(MAIN, all)));
  }

  /** What a command says in JSON. */
  JsonNode json(String... words) {
    Command.Result said = command(words);
    try {
      return JSON.readTree(said.output());
    } catch (IOException e) {
      throw new AssertionError(said.output(), e);
    }
  }

  /** What {@code queues --json} says. */
  JsonNode queues() {
    return json("queues", "--json").path("queues");
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
