package dev.edgehub.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** B8: more connections than anybody needs. Descriptors used up: see DescriptorsIT. */
final class B8ConnectsIT extends ServedAllThrough {

  private static final int CONNECTS = 10_000;
  private static final int SIDES = 4;
  private static final int OPEN = 100;

  @Test
  void b8TenThousandConnectsAreEachAnswered() throws InterruptedException {
    AtomicInteger answered = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int side = 0; side < SIDES; side++) {
      String id = "edge/s" + side + "-";
      Thread thread = new Thread(() -> connect(id, CONNECTS / SIDES, answered));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertEquals(CONNECTS, answered.get());
    awaitNobodyElse();
  }

  /** Keeps the last hundred open, under as many ids. */
  private void connect(String id, int times, AtomicInteger answered) {
    List<WirePeer> open = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      WirePeer peer = new WirePeer(hub.port());
      peer.send(Packets.connect(id + i % OPEN, true, 0));
      if (peer.receive().toString().equals("20 0000")) {
        answered.incrementAndGet();
      }
      open.add(peer);
      if (open.size() == OPEN) {
        open.remove(0).close();
      }
    }
    open.forEach(WirePeer::close);
  }
}
