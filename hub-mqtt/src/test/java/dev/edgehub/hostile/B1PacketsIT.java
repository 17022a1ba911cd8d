package dev.edgehub.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** B1: packets cut short, with flipped bits, of the wrong kind or at the wrong time. */
final class B1PacketsIT extends ServedAllThrough {

  private static final byte[] CONNECT = ClientPackets.connect();
  private static final int REFUSALS = 4_000;
  private static final long KEPT_PER_REFUSAL = 1_024;

  @Test
  void b1EveryPacketTruncatedAtEveryByte() {
    ClientPackets.first().values().forEach(p -> ClientPackets.eachTruncation(p, this::throwAt));
    ClientPackets.connected()
        .values()
        .forEach(p -> ClientPackets.eachTruncation(p, cut -> throwAt(CONNECT, cut)));
    ClientPackets.foreign()
        .values()
        .forEach(p -> ClientPackets.eachTruncation(p, cut -> throwAt(CONNECT, cut)));
    awaitNobodyElse();
  }

  @Test
  void b1EveryPacketWithEveryBitFlipped() {
    ClientPackets.first().values().forEach(p -> ClientPackets.eachFlip(p, this::throwAt));
    ClientPackets.connected()
        .values()
        .forEach(p -> ClientPackets.eachFlip(p, bad -> throwAt(CONNECT, bad, Packets.pingReq())));
    awaitNobodyElse();
  }

  @Test
  void b1WrongFlagsEndTheConnection() {
    for (Map.Entry<String, byte[]> packet : ClientPackets.connected().entrySet()) {
      for (int flags = 0; flags < 16; flags++) {
        byte[] wrong = packet.getValue().clone();
        boolean publish = wrong[0] >> 4 == 3;
        wrong[0] = (byte) ((wrong[0] & 0xf0) | flags);
        // of a PUBLISH only QoS 3 is wrong in itself
        boolean allowed = publish ? (flags & 6) != 6 : wrong[0] == packet.getValue()[0];
        if (!allowed) {
          assertTrue(isRefused(CONNECT, wrong), packet.getKey() + " with flags " + flags);
        }
      }
    }
    for (int flags = 1; flags < 16; flags++) {
      byte[] wrong = CONNECT.clone();
      wrong[0] |= (byte) flags;
      assertTrue(isRefused(wrong), "CONNECT with flags " + flags);
    }
  }

  @Test
  void b1ReservedTypesAndThoseOfAServerEndTheConnection() {
    ClientPackets.foreign().forEach((name, packet) -> assertTrue(isRefused(CONNECT, packet), name));
  }

  @Test
  void b1AnythingBeforeConnectEndsTheConnection() {
    ClientPackets.connected().forEach((name, packet) -> assertTrue(isRefused(packet), name));
    ClientPackets.foreign().forEach((name, packet) -> assertTrue(isRefused(packet), name));
  }

  @Test
  void b1ASecondConnectEndsTheConnection() {
    assertTrue(isRefused(CONNECT, CONNECT));
    try (WirePeer peer = WirePeer.connected(hub.port(), ID)) {
      peer.publish(EVENTS, 1, "a");
      peer.send(Packets.connect("edge/other", true, 60));

      assertTrue(peer.isClosedByHub());
    }
  }

  @Test
  void b1ARefusedConnectionLeavesLessThanAKilobyte() {
    refuse(REFUSALS / 4); // classes, pools and meters that come with the first
    Footprint before = Footprint.now();
    refuse(REFUSALS);
    awaitNobodyElse();

    long kept = Footprint.now().all() - before.all();

    assertTrue(kept < REFUSALS * KEPT_PER_REFUSAL, kept + " bytes for " + REFUSALS);
  }

  /** Each way of being refused, in turn. */
  private void refuse(int times) {
    byte[][] ways = {
      Packets.pingReq(),
      Packets.join(CONNECT, CONNECT),
      Packets.packet(0xf0, new byte[0]),
      Packets.connect(4, "MQTT", "edge/x", "nonsense", true, 0, null, null),
      Packets.connect(3, "MQIsdp", "edge/x", null, true, 0, null, null),
      Packets.join(CONNECT, Packets.publish("not/yours", 1, 1, "x")),
      {0x10, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f},
    };
    for (int i = 0; i < times; i++) {
      assertTrue(isRefused(ways[i % ways.length]), "way " + i % ways.length);
    }
  }
}
