package dev.edgehub.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Mosquitto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
  private List<String> settings = List.of();
  private Process process;
  private Path log;
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

  /** Starts with these settings on top, each {@code key=value}. */
  HubProcess set(String... more) {
    settings = Stream.of(more).flatMap(setting -> Stream.of("--set", setting)).toList();
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
    launch(environment);
    Await.until(() -> "the hub starts: " + log(), () -> log().contains("ready device="));
  }

  /** Starts, and waits for nothing. */
  void launch() {
    launch(Map.of());
  }

  private void launch(Map<String, String> environment) {
    log = directory.resolve("hub-" + port + "-" + runs++ + ".log");
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
            "listeners.admin.port=0",
            "--set",
            "listeners.mqtts.port=-1",
            "--set",
            "listeners.https.port=-1");
    ProcessBuilder builder = where.apply(command.with(settings)).builder();
    builder.environment().putAll(environment);
    try {
      process = builder.redirectError(log.toFile()).redirectOutput(Redirect.DISCARD).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL. */
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends it a signal, by name. */
  void signal(String name) {
    assertEquals(0, Command.run("kill", "-" + name, "" + process.pid()).status());
  }

  /** The exit status of a hub that ends by itself within this time. */
  int exitStatus(int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("the hub still runs after " + seconds + " s");
    }
    return process.exitValue();
  }

  /** What {@code queues --json} says. */
  JsonNode queues() {
    return json("queues", "--json").path("queues");
  }

  /** Runs a command against this hub's data directory to its end. */
  Command.Result command(String... words) {
    Object[] all = Arrays.copyOf(words, words.length + 2, Object[].class);
    all[words.length] = "--set";
    all[words.length + 1] = "dataDir=" + data;
    return commandAsItIs(all);
  }

  /** Runs a command to its end, which says itself what it is about. */
  Command.Result commandAsItIs(Object... words) {
    return Command.run(where.apply(Command.javaMain(MAIN, words)));
  }

  /** What a command says in JSON. */
  JsonNode json(String... words) {
    return parsed(command(words).output());
  }

  /** What {@code /health} says. */
  JsonNode health() {
    return parsed(admin("/health"));
  }

  /** What the admin listener answers to anybody. */
  String admin(String path) {
    int adminPort = parsed(text(data.resolve("run.json"))).path("adminPort").asInt();
    URI address = URI.create("http://127.0.0.1:" + adminPort + path);
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What the last run has said so far. */
  String log() {
    return text(log);
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
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
