package dev.edgehub.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Canary;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** B8: a hub that may have 256 descriptors, and 400 peers that want one each. */
@Timeout(120)
final class DescriptorsIT {

  private static final int DESCRIPTORS = 256;
  private static final int PEERS = 400;

  @TempDir Path directory;

  @Test
  void b8DescriptorsUsedUpCostNobodyWhoIsConnectedAnything() throws Exception {
    Files.writeString(directory.resolve("manifest.json"), Manifests.of(Canary.ROUTE));
    List<WirePeer> peers = new ArrayList<>();
    try (HubProcess hub =
        new HubProcess(directory, directory.resolve("data")).inside(DescriptorsIT::limited)) {
      hub.start();
      try (Canary canary = new Canary(hub.port())) {
        for (int i = 0; i < PEERS; i++) {
          WirePeer peer = new WirePeer(hub.port()); // the kernel accepts for the hub
          peer.send(Packets.connect("edge/m" + i, true, 0));
          peers.add(peer);
        }
        for (int i = 0; i < 5; i++) {
          canary.requireServed();
        }
        peers.forEach(WirePeer::close);
        Await.until("a new client is served", () -> isServed(hub.port()));
      }

      assertEquals("ok", hub.health().path("status").asText());
      assertFalse(hub.log().contains("reached at the tail"), hub::log);
      assertFalse(hub.log().contains(" ERROR "), hub::log);
    } finally {
      peers.forEach(WirePeer::close);
    }
  }

  private static boolean isServed(int port) {
    try (WirePeer peer = new WirePeer(port)) {
      peer.send(Packets.connect("edge/late", true, 0));
      WirePeer.Received answer = peer.receiveOrEnd();
      return answer != null && answer.toString().equals("20 0000");
    }
  }

  private static Command limited(Command command) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("sh", "-c", "ulimit -n " + DESCRIPTORS + "; exec \"$@\"", "limited"));
    words.addAll(command.words());
    return new Command(words);
  }

  @Test
  void theLimitHolds() {
    Command.Result shown = Command.run(limited(new Command("sh", "-c", "ulimit -n")));

    assertTrue(shown.output().equals("" + DESCRIPTORS), shown.output());
  }
}
