package dev.edgehub.launch;

import dev.edgehub.mqtt.testing.GatewayAddress;
import dev.edgehub.mqtt.testing.Trust;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A hub as the Azure SDKs expect one: TLS on the ports they know, at an address of its own. */
final class GatewayHub implements AutoCloseable {

  private final String address = GatewayAddress.free();
  private final Path dataDir;
  private final LiveHub hub;

  private GatewayHub(Path directory, String manifest, String... more) {
    dataDir = directory.resolve("data");
    List<String> settings =
        new ArrayList<>(
            List.of(
                "hostname=" + address,
                "listeners.mqtts.host=" + address,
                "listeners.mqtts.port=" + GatewayAddress.MQTTS,
                "listeners.https.host=" + address,
                "listeners.https.port=" + GatewayAddress.HTTPS));
    settings.addAll(List.of(more));
    hub = LiveHub.start(directory, manifest, settings.toArray(String[]::new));
  }

  /** A hub that accepts connections, or a skipped test. */
  static GatewayHub start(Path directory, String manifest, String... more) {
    return new GatewayHub(directory, manifest, more);
  }

  String address() {
    return address;
  }

  LiveHub hub() {
    return hub;
  }

  /** The authority that the hub made for itself. */
  Path authority() {
    return dataDir.resolve("tls").resolve("ca.pem");
  }

  /** Trusts this hub and nobody else. */
  SSLContext trust() {
    return Trust.in(authority());
  }

  /** Registers an identity as an operator does, and returns its connection string. */
  String register(String id) {
    command("identity", "add", id);
    return command("identity", "connection-string", id).strip();
  }

  /** What a command about this hub prints. */
  String command(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 6);
    String[] options = {
      "--set", "dataDir=" + dataDir, "--set", "hostname=" + address, "--set", "deviceId=edge"
    };
    System.arraycopy(options, 0, all, words.length, options.length);
    try (Console console = new Console()) {
      if (console.run(all) != 0) {
        throw new AssertionError(String.join(" ", words) + ": " + console.err());
      }
      return console.out();
    }
  }

  @Override
  public void close() {
    hub.close();
  }
}
