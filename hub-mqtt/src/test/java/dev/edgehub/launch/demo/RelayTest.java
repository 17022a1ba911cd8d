package dev.edgehub.launch.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.mqtt.testing.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class RelayTest {

  private ServerSocket target;
  private Relay relay;

  @BeforeEach
  void join() throws IOException {
    target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    relay = new Relay(new FreePorts(new Random()).next(), target.getLocalPort());
    relay.join();
  }

  @AfterEach
  void end() throws IOException {
    relay.close();
    target.close();
  }

  @Test
  void passesBytesBothWays() throws IOException {
    try (Socket near = connect();
        Socket far = target.accept()) {
      near.getOutputStream().write(7);
      far.getOutputStream().write(8);

      assertEquals(7, far.getInputStream().read());
      assertEquals(8, near.getInputStream().read());
    }
  }

  @Test
  void endsConnectionsAndRefusesNewOnesWhileItIsCut() throws IOException {
    try (Socket near = connect();
        Socket far = target.accept()) {
      relay.cut();

      assertEquals(-1, near.getInputStream().read());
      assertEquals(-1, far.getInputStream().read());
      // a connection that the cut met half-way in is the last one
      Await.until("the relay refuses connections", this::isRefused);
    }
  }

  private boolean isRefused() {
    try {
      connect().close();
      return false;
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void passesAgainOnTheSamePortAfterACut() throws IOException {
    relay.cut();
    relay.join();

    try (Socket near = connect();
        Socket far = target.accept()) {
      near.getOutputStream().write(9);

      assertEquals(9, far.getInputStream().read());
    }
  }

  /** The system frees a port later than a close returns while somebody waits in accept. */
  @Test
  void hasThePortAgainAtOnceHoweverOftenItIsCut() {
    for (int i = 0; i < 500; i++) {
      relay.cut();
      relay.join();
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), relay.port());
  }
}
