package dev.edgehub.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The peer: mosquitto as installed, everything in memory. */
final class Mosquitto implements AutoCloseable {

  private final Process process;
  private final int port;

  private Mosquitto(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one on a free port.
   *
   * @throws Skipped when it is not installed
   */
  static Mosquitto start(Path directory) throws IOException {
    int port = freePort();
    Path config = directory.resolve("mosquitto.conf");
    Files.writeString(
        config,
        "listener "
            + port
            + " 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nset_tcp_nodelay true\n");
    try {
      Process process =
          new ProcessBuilder("mosquitto", "-c", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("mosquitto.log").toFile())
              .start();
      return new Mosquitto(process, port);
    } catch (IOException e) {
      throw new Skipped("no mosquitto to compare with: " + e.getMessage());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
