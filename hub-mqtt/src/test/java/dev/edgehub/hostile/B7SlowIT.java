package dev.edgehub.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.session.ClientFigures;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B7: peers that take their time. One byte every ten seconds: see MqttPipelineTest. */
final class B7SlowIT extends ServedAllThrough {

  private static final int MESSAGES = 100;
  private static final int SIZE = 200_000;

  /** What Linux lets a socket buffer at each end, by default at most. */
  private static final long SOCKET_BUFFERS = 12L << 20;

  @Override
  String[] settings() {
    return new String[] {"limits.connectSeconds=1", "limits.outboundBytes=65536"};
  }

  @Test
  void b7WhoeverDoesNotConnectInTimeIsClosed() {
    try (WirePeer silent = new WirePeer(hub.port());
        WirePeer slow = new WirePeer(hub.port())) {
      slow.send(new byte[] {0x10});

      assertTrue(silent.isClosedByHub());
      assertTrue(slow.isClosedByHub());
    }
  }

  /**
   * Of 20 MB for a reader that reads nothing, the socket gets its share and the queue keeps all.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void b7AReaderThatNeverReadsMakesNothingGrow(int qos) {
    try (WirePeer reader = WirePeer.connected(hub.port(), "edge/sink")) {
      reader.subscribe(INPUTS, qos);
      byte[] body = new byte[SIZE];
      try (WirePeer m = WirePeer.connected(hub.port(), ID)) {
        for (int i = 0; i < MESSAGES; i++) {
          byte[] name = String.format("%03d", i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
          System.arraycopy(name, 0, body, 0, name.length);
          m.send(Packets.publish(EVENTS, 1, i + 1, body));
          assertEquals(4, m.receive().type());
        }
      }
      canary.requireServed();
      ClientFigures stalled =
          clients().stream().filter(c -> c.id().equals("edge/sink")).findFirst().orElseThrow();

      assertTrue(stalled.bytesOut() < SOCKET_BUFFERS, stalled.toString());
      if (qos == 1) {
        assertTrue(hub.depth() >= MESSAGES, () -> "waiting: " + hub.depth());
      }
      List<String> first = reader.take(MESSAGES).stream().map(b -> b.substring(0, 3)).toList();
      assertEquals(
          IntStream.range(0, MESSAGES).mapToObj(i -> String.format("%03d", i)).toList(), first);
      Await.until("taken from the queue", () -> hub.depth() <= 1);
    }
  }
}
