package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.TlsClient;
import dev.edgehub.mqtt.testing.WirePeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The secure listeners of a whole hub. */
@Timeout(60)
@ExtendWith(DefectWatch.class)
final class SecureHubIT {

  private static final String MANIFEST = Manifests.of(Manifests.route("sensor", "filter", "in1"));

  @TempDir Path directory;

  @Test
  void theReadyLineAndOtherCommandsKnowThePortsAndClientsAreServed() throws IOException {
    try (LiveHub hub =
        LiveHub.start(directory, MANIFEST, "listeners.mqtts.port=0", "listeners.https.port=0")) {
      int mqtts = hub.announced("mqttsPort");
      int https = hub.announced("httpsPort");
      TlsClient client = TlsClient.trusting(hub.dataDir().resolve("tls/ca.pem"));

      String ready = hub.readyLine();
      assertTrue(ready.contains(" mqtts=127.0.0.1:" + mqtts + " "), ready);
      assertTrue(ready.contains(" https=127.0.0.1:" + https + " "), ready);
      try (WirePeer stranger = client.peer(mqtts)) {
        stranger.send(Packets.connect("edge/sensor", true, 0));
        WirePeer.Received refused = stranger.receive();

        // trustLocal is for the plain listener: a name alone is no credential here
        assertEquals(2, refused.type());
        assertEquals(5, refused.body()[1]);
      }
      try (SSLSocket browser = client.connect(https, "localhost")) {
        byte[] request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        browser.getOutputStream().write(request);
        String answer = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(answer.startsWith("HTTP/1.1 404 Not Found\r\n"), answer);
        assertTrue(answer.endsWith("{\"message\":\"nothing is served at this path\"}"), answer);
      }
    }
  }

  @Test
  void nothingIsMadeWhenBothAreOff() {
    try (LiveHub hub = LiveHub.start(directory, MANIFEST)) {
      assertTrue(hub.readyLine().contains(" mqtts=off https=off "), hub.readyLine());
      assertTrue(Files.notExists(hub.dataDir().resolve("tls")));
    }
  }

  @Test
  void aPortInUseThatWasAskedForNamesItsKey() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String key : new String[] {"listeners.mqtts.port", "listeners.https.port"}) {
        HubException thrown = refused(key + "=" + taken.getLocalPort());

        assertEquals(ErrorCode.PORT_UNAVAILABLE, thrown.code());
        assertTrue(("" + thrown.getMessage()).contains(key), thrown.getMessage());
      }
    }
  }

  @Test
  void aCertificateThatIsNoneStopsTheStartAndNamesTheFile() throws IOException {
    Path garbage = directory.resolve("garbage.pem");
    Files.writeString(garbage, "garbage");

    HubException thrown =
        refused("listeners.mqtts.port=0", "tls.certificate=" + garbage, "tls.key=" + garbage);

    assertEquals(ErrorCode.CONFIG_INVALID, thrown.code());
    assertTrue(("" + thrown.getMessage()).contains("garbage.pem"), thrown.getMessage());
  }

  private HubException refused(String... settings) {
    return assertThrows(
        HubException.class, () -> LiveHub.start(directory, MANIFEST, settings).close());
  }
}
