package dev.edgehub.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** B6: the same identity again and again, and others that want its session. */
final class B6TakeoverIT extends ServedAllThrough {

  private static final int TAKEOVERS = 1_000;
  private static final String SINK = "edge/sink";

  @Test
  void b6AThousandTakeoversLeaveOneConnectionAndItsSession() {
    WirePeer first = WirePeer.connected(hub.port(), SINK);
    first.subscribe(INPUTS, 1);
    List<WirePeer> all = new ArrayList<>(List.of(first));
    for (int i = 0; i < TAKEOVERS; i++) {
      WirePeer next = new WirePeer(hub.port());
      next.send(Packets.connect(SINK, false, 0));
      assertEquals("20 0100", next.receive().toString(), "with the session, at " + i);
      all.add(next);
    }
    WirePeer last = all.remove(all.size() - 1);

    all.forEach(peer -> assertTrue(peer.isClosedByHub()));
    try (WirePeer m = WirePeer.connected(hub.port(), ID)) {
      m.publish(EVENTS, 1, "for the last");
      assertEquals(List.of("for the last"), last.take(1));
    }
    assertEquals(1, clients().stream().filter(client -> client.id().equals(SINK)).count());
    all.forEach(WirePeer::close);
    last.close();
    awaitNobodyElse();
  }

  @Test
  void b6TakeoversFromManySidesEndWithOne() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int side = 0; side < 4; side++) {
      boolean clean = side % 2 == 0;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < TAKEOVERS / 4; i++) {
                  throwAt(Packets.connect(SINK, clean, 0), Packets.subscribe(1, 1, INPUTS));
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    awaitNobodyElse();
    try (WirePeer sink = WirePeer.connected(hub.port(), SINK);
        WirePeer m = WirePeer.connected(hub.port(), ID)) {
      sink.subscribe(INPUTS, 1);
      m.publish(EVENTS, 1, "after the storm");
      assertEquals(List.of("after the storm"), sink.take(1));
    }
  }

  @Test
  void b6AnotherIdentityCannotTakeASessionOver() {
    try (WirePeer sink = WirePeer.connected(hub.port(), SINK)) {
      sink.subscribe(INPUTS, 1);
      byte[] thief =
          Packets.connect(4, "MQTT", SINK, Packets.userName("edge/thief"), false, 0, null, null);
      try (WirePeer peer = new WirePeer(hub.port())) {
        peer.send(thief);
        assertEquals("20 0005", peer.receive().toString());
      }
      try (WirePeer m = WirePeer.connected(hub.port(), ID)) {
        m.publish(EVENTS, 1, "for its owner");
        assertEquals(List.of("for its owner"), sink.take(1));
      }
      try (WirePeer other = WirePeer.connected(hub.port(), "edge/thief")) {
        other.send(Packets.subscribe(1, 1, INPUTS));
        assertEquals("90 000180", other.receive().toString());
      }
    }
    Await.until("gone", () -> hub.services().directory().size() == 2);
  }
}
