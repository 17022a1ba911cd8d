package dev.edgehub.mqtt.server;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.LoopbackHub;
import dev.edgehub.mqtt.testing.Manifests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An orderly end before the TLS handshake is over would keep Azure's Java SDK away for good. */
@Timeout(60)
@ExtendWith(DefectWatch.class)
final class ConnectionEndTest {

  /** The header of a TLS record, of which the rest never comes. */
  private static final byte[] RECORD = {0x16, 3, 1, 1, 0};

  @TempDir Path directory;

  @Test
  void aHandshakeThatIsNotFinishedInTimeIsReset() throws IOException {
    try (LoopbackHub hub = hub();
        Socket client = connect(hub.secure(InstantSource.system()))) {

      assertThrows(SocketException.class, () -> readToEnd(client));
    }
  }

  private LoopbackHub hub() {
    return new LoopbackHub(
        directory.resolve("store"),
        Manifests.of(Manifests.route("sensor", "filter", "in1")),
        "dataDir=" + directory,
        "limits.connectSeconds=1",
        "listeners.mqtts.host=127.0.0.1",
        "listeners.mqtts.port=0");
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(RECORD);
    return socket;
  }

  private static void readToEnd(Socket client) throws IOException {
    while (client.getInputStream().read() >= 0) {
      // an alert, perhaps
    }
  }
}
