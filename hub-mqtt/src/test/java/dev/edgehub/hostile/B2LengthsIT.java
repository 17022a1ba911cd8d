package dev.edgehub.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B2: lengths that lie. */
final class B2LengthsIT extends ServedAllThrough {

  private static final byte[] CONNECT = ClientPackets.connect();
  private static final int PEERS = 900;

  /** A PUBLISH of 300 KB: allowed, so that the hub waits for it. */
  private static final byte[] LARGE = {0x32, (byte) 0xe0, (byte) 0xa7, 0x12};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c08000",
        "c0808000",
        "c080808000",
        "c08080808000",
        "30ffffffffff7f",
        "30ffffffff7f"
      })
  void b2ARemainingLengthInTooManyBytesEndsTheConnection(String packet) {
    byte[] bytes = HexFormat.of().parseHex(packet);

    assertTrue(isRefused(CONNECT, bytes));
    assertTrue(isRefused(bytes));
  }

  @Test
  void b2AQuarterOfAGigabyteIsRefusedAtItsHeader() {
    byte[] huge = {0x32, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 1, 'a', 0, 1};

    assertTrue(isRefused(CONNECT, huge));
    assertTrue(isRefused(huge));
    huge[0] = 0x10;
    assertTrue(isRefused(huge));
  }

  @Test
  void b2WhatIsAnnouncedAndNeverSentTakesNoMemory() {
    List<WirePeer> peers = new ArrayList<>();
    long before = Footprint.now().all();
    try {
      for (int i = 0; i < PEERS; i++) {
        WirePeer peer = WirePeer.connected(hub.port(), "edge/m" + i);
        peer.send(LARGE, new byte[] {0, 1, 'a'});
        peers.add(peer);
      }
      canary.requireServed();

      long taken = Footprint.now().all() - before;

      assertTrue(taken < PEERS * 32_000L, taken + " bytes for " + PEERS + " announcements");
    } finally {
      peers.forEach(WirePeer::close);
    }
    awaitNobodyElse();
  }

  @Test
  void b2BeforeConnectSixteenKilobytesAreTheMost() {
    assertTrue(isRefused(Packets.packet(0x10, new byte[17_000])));
  }
}
