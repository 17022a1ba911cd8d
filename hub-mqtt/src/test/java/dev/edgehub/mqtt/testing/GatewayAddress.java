package dev.edgehub.mqtt.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/**
 * A loopback address of one's own, for clients that know no ports but 8883 and 443. Builds that run
 * side by side take different ones.
 */
public final class GatewayAddress {

  /** The only port the Azure SDKs speak MQTT over TLS to. */
  public static final int MQTTS = 8883;

  /** The only port the Azure SDKs speak WebSocket and HTTPS to. */
  public static final int HTTPS = 443;

  private GatewayAddress() {}

  /** An address on which both ports are free, or a skipped test. */
  public static String free() {
    String found =
        IntStream.rangeClosed(2, 30)
            .mapToObj(last -> "127.0.0." + last)
            .filter(address -> bindable(address, MQTTS) && bindable(address, HTTPS))
            .findFirst()
            .orElse("");
    if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI must allow ports 8883 and 443 of 127.0.0.2");
    }
    if (found.isEmpty()) {
      System.out.println("skipped: ports 8883 and 443 of 127.0.0.2 cannot be bound here");
    }
    assumeTrue(!found.isEmpty(), "ports 8883 and 443 of 127.0.0.2 cannot be bound here");
    return found;
  }

  private static boolean bindable(String address, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
