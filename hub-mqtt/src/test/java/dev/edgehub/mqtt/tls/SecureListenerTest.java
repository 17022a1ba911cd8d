package dev.edgehub.mqtt.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.LeakWatch;
import dev.edgehub.mqtt.testing.LoopbackHub;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.TlsClient;
import dev.edgehub.mqtt.testing.WirePeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** MQTT over TLS with a certificate of the hub's own making. */
@Timeout(60)
@ExtendWith({DefectWatch.class, LeakWatch.class})
final class SecureListenerTest {

  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir Path directory;
  private LoopbackHub hub;
  private int port;

  @BeforeEach
  void start() {
    hub =
        new LoopbackHub(
            directory.resolve("store"),
            Manifests.of(Manifests.route("sensor", "filter", "in1")),
            "dataDir=" + directory,
            "hostname=gateway.example",
            "listeners.mqtts.host=127.0.0.1",
            "listeners.mqtts.port=0");
    port = hub.secure(CLOCK);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private Path authority() {
    return directory.resolve("tls/ca.pem");
  }

  @Test
  void answersConnectInTls13AndTls12() throws IOException {
    for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
      SSLSocket socket = TlsClient.trusting(authority()).connect(port, "localhost", protocol);
      try (WirePeer peer = new WirePeer(socket)) {
        peer.send(Packets.connect("edge/sensor", true, 0));

        assertEquals(protocol, socket.getSession().getProtocol());
        assertEquals(2, peer.receive().type());
      }
    }
  }

  @Test
  void isKnownByItsHostNameAndByThisMachinesNames() throws IOException {
    for (String name : List.of("gateway.example", "localhost", "127.0.0.1", "::1")) {
      TlsClient.trusting(authority()).connect(port, name).close();
    }
    assertThrows(
        SSLException.class, () -> TlsClient.trusting(authority()).connect(port, "another.example"));
  }

  @Test
  void isRefusedByAClientThatTrustsAnotherAuthority() throws IOException {
    TlsFolder other = new TlsFolder(directory.resolve("other"));
    other.write("ca", new CertificateMaker(new SecureRandom()).authority("other", Instant.now()));

    assertThrows(
        SSLException.class,
        () -> TlsClient.trusting(other.certificate("ca")).connect(port, "localhost"));
  }

  @Test
  void keepsItsKeysToItself() throws IOException {
    try (var files = Files.list(directory.resolve("tls"))) {
      Set<String> open =
          files
              .filter(file -> permissions(file).endsWith("r--r--"))
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toSet());

      assertEquals(Set.of("ca.pem", "server.pem"), open);
    }
    assertEquals("rw-------", permissions(directory.resolve("tls/ca.key")));
    assertEquals("rw-------", permissions(directory.resolve("tls/server.key")));
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPlainClientOnTheSecurePortIsClosed() {
    try (WirePeer peer = new WirePeer(port)) {
      peer.send(Packets.connect("edge/sensor", true, 0));

      // an alert may come before the end
      assertTrue(peer.isClosedByHub());
    }
  }
}
