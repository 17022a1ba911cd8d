package dev.edgehub.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A message is never in two places or in none while it goes to the dead letters and back. */
@Timeout(300)
final class DeadLetterKillIT {

  private static final String SINK = "modules/receiver/inputs/in";
  private static final int MESSAGES = 3;

  @TempDir Path directory;

  @Test
  void deadLettersSurviveKillsAndEveryMessageIsCounted() throws IOException {
    Files.writeString(
        directory.resolve("manifest.json"),
        Manifests.of(Manifests.route("sender", "receiver", "in")));
    try (HubProcess hub = new HubProcess(directory, directory.resolve("data"))) {
      hub.start();
      try (WirePeer sender = WirePeer.connected(hub.port(), "edge/sender")) {
        for (int i = 0; i < MESSAGES; i++) {
          sender.publish("devices/edge/modules/sender/messages/events/", i + 1, "m" + i);
        }
      }

      closeTheLinkTimes(hub, 5);
      Await.until("m0 is a dead letter", () -> letters(hub) == 1);
      hub.kill();
      hub.start();
      assertAdded(hub, MESSAGES, 1);
      assertTrue(hub.command("queues", "dead-letters", "list", SINK).output().contains("poison"));

      assertEquals(0, hub.command("queues", "dead-letters", "retry", SINK).status());
      hub.kill();
      hub.start();

      assertEquals(0, letters(hub));
      assertAdded(hub, MESSAGES + 1, 1);
      try (WirePeer receiver = WirePeer.connected(hub.port(), "edge/receiver")) {
        assertEquals(List.of("m1", "m2", "m0"), receiver.take(MESSAGES));
      }
      Await.until("all are delivered", () -> queue(hub).path("depth").asLong() == 0);
      assertAdded(hub, MESSAGES + 1, 1);
    }
  }

  /** A receiver that breaks off whenever a message has come. */
  private static void closeTheLinkTimes(HubProcess hub, int closes) {
    for (int close = 0; close < closes; close++) {
      try (WirePeer receiver = WirePeer.connected(hub.port(), "edge/receiver")) {
        if (close == 0) {
          receiver.send(Packets.subscribe(1, 1, "devices/edge/modules/receiver/inputs/#"));
        }
        while (receiver.receive().type() != 3) {}
      }
    }
  }

  private static long letters(HubProcess hub) {
    return hub.json("queues", "dead-letters", "list", "--json", SINK).path("deadLetters").size();
  }

  private static JsonNode queue(HubProcess hub) {
    return hub.queues().get(0);
  }

  private static void assertAdded(HubProcess hub, long appended, long deadLettered) {
    JsonNode queue = queue(hub);
    assertEquals(appended, queue.path("appended").asLong(), queue.toString());
    assertEquals(deadLettered, queue.path("deadLettered").asLong(), queue.toString());
    assertEquals(0, queue.path("difference").asLong(), queue.toString());
  }
}
