package dev.edgehub.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** B10: acknowledgements of nothing, and every packet id at once. */
final class B10AcknowledgementsIT extends ServedAllThrough {

  private static final int IDS = 65_535;

  @Test
  void b10PubacksForUnknownIdsAreIgnored() {
    ByteArrayOutputStream acks = new ByteArrayOutputStream();
    for (int id = 1; id <= IDS; id++) {
      acks.writeBytes(Packets.pubAck(id));
    }
    try (WirePeer peer = WirePeer.connected(hub.port(), "edge/sink")) {
      peer.send(acks.toByteArray());
      peer.subscribe(INPUTS, 1);
      try (WirePeer m = WirePeer.connected(hub.port(), ID)) {
        m.publish(EVENTS, 1, "still served");
      }
      WirePeer.Received delivery = peer.receive();

      assertEquals("still served", delivery.payload());
      for (int i = 0; i < 3; i++) {
        peer.send(Packets.pubAck(delivery.packetId()));
      }
      peer.send(Packets.pubAck(delivery.packetId() + 1));
      try (WirePeer m = WirePeer.connected(hub.port(), ID)) {
        m.publish(EVENTS, 1, "and again");
      }
      assertEquals(List.of("and again"), peer.take(1));
    }
  }

  @Test
  void b10EveryPacketIdInFlightIsAcknowledgedInOrder() throws InterruptedException {
    try (WirePeer m = WirePeer.connected(hub.port(), ID)) {
      Thread sender =
          new Thread(
              () -> {
                ByteArrayOutputStream some = new ByteArrayOutputStream();
                for (int id = 1; id <= IDS; id++) {
                  some.writeBytes(Packets.publish(EVENTS, 1, id, ""));
                  if (id % 100 == 0 || id == IDS) {
                    m.send(some.toByteArray());
                    some.reset();
                  }
                }
              });
      sender.start();
      for (int id = 1; id <= IDS; id++) {
        WirePeer.Received ack = m.receive();
        assertEquals(4, ack.type());
        assertEquals(id, ack.packetId());
      }
      sender.join();
    }
    canary.requireServed();
  }

  @Test
  void b10OneIdManyTimesIsAcknowledgedAsOften() {
    try (WirePeer m = WirePeer.connected(hub.port(), ID)) {
      byte[] publish = Packets.publish(EVENTS, 1, 7, "x");
      for (int i = 0; i < 1_000; i++) {
        m.send(publish);
      }
      for (int i = 0; i < 1_000; i++) {
        assertEquals(7, m.receive().packetId());
      }
    }
  }
}
