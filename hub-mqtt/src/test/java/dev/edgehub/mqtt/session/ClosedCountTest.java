package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.HeldStore;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Services;
import dev.edgehub.mqtt.wire.Packet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which ends of connections the hub counts as its own, and why. */
@ExtendWith(DefectWatch.class)
final class ClosedCountTest {

  private final Services services =
      new Services(Config.of(), new HeldStore(), Manifests.of("FROM /* INTO $upstream"));

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void anEndByTheHubCountsOnceByItsFirstReason() {
    EmbeddedClient client = EmbeddedClient.connected(services.get(), "edge/sensor");

    Packet.Connect again = client.connect(false, 0, null);
    client.send(again, again);

    assertFalse(client.isOpen());
    assertEquals(Map.of("protocol_error", 1), services.closed());
  }

  @Test
  void theOlderConnectionOfAnIdentityIsTakenOver() {
    EmbeddedClient older = EmbeddedClient.connected(services.get(), "edge/sensor");
    EmbeddedClient.connectedFive(services.get(), "edge/sensor");

    assertFalse(older.isOpen());
    assertEquals(Map.of("session_taken_over", 1), services.closed());
  }

  @Test
  void aStopOfTheHubCountsForEachConnection() {
    EmbeddedClient one = EmbeddedClient.connected(services.get(), "edge/sensor");
    EmbeddedClient two = EmbeddedClient.connectedFive(services.get(), "edge/other");

    services.get().directory().hubIsStopping();

    assertFalse(one.isOpen());
    assertFalse(two.isOpen());
    assertEquals(Map.of("server_shutting_down", 2), services.closed());
  }

  @Test
  void whatAClientEndsOrWhoWasNeverLetInDoesNotCount() {
    EmbeddedClient.connected(services.get(), "edge/sensor").breakOff();
    EmbeddedClient stranger = new EmbeddedClient(services.get(), "edge/other");
    stranger.send(new Packet.PingReq());

    assertFalse(stranger.isOpen());
    assertEquals(Map.of(), services.closed());
  }
}
