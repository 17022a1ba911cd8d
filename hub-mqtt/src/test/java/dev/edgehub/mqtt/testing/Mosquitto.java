package dev.edgehub.mqtt.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Mosquitto's programs, where they are installed: tests without them are skipped, never in CI. */
public final class Mosquitto implements AutoCloseable {

  private final Process broker;
  private final int port;

  private Mosquitto(Process broker, int port) {
    this.broker = broker;
    this.port = port;
  }

  /** The program, or a skipped test. */
  public static String program(String name) {
    String found =
        Stream.concat(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
                Stream.of("/usr/sbin", "/usr/local/sbin"))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse("");
    if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI must have " + name + " installed");
    }
    if (found.isEmpty()) {
      System.out.println("skipped: " + name + " is not installed here");
    }
    assumeTrue(!found.isEmpty(), name + " is not installed here");
    return found;
  }

  /** A broker on any free port. */
  public static Mosquitto start(Path directory) {
    String program = program("mosquitto");
    int port = freePort();
    Path config = directory.resolve("mosquitto.conf");
    try {
      Files.write(
          config,
          List.of("listener " + port + " 127.0.0.1", "allow_anonymous true", "persistence false"));
      Process broker =
          new ProcessBuilder(program, "-c", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("mosquitto.log").toFile())
              .start();
      Await.until("mosquitto listens", () -> listens(port));
      return new Mosquitto(broker, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** Runs a program to its end; its standard output. */
  public static String run(String name, String... arguments) {
    try {
      Process process = begin(name, arguments);
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(name + " did not end");
      }
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.exitValue() != 0) {
        throw new AssertionError(name + " ended with " + process.exitValue() + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a program. */
  public static Process begin(String name, String... arguments) throws IOException {
    List<String> command = Stream.concat(Stream.of(program(name)), Stream.of(arguments)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
    return builder.start();
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    broker.destroy();
    try {
      if (!broker.waitFor(5, TimeUnit.SECONDS)) {
        broker.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
