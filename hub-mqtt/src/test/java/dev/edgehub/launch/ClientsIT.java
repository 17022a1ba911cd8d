package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who is connected, as an operator sees it. */
@Timeout(60)
@ExtendWith(DefectWatch.class)
final class ClientsIT {

  private static final String SENSOR = "devices/edge/modules/sensor/messages/events/";
  private static final String INPUTS = "devices/edge/modules/filter/inputs/#";

  @TempDir Path directory;
  private LiveHub hub;

  @BeforeEach
  void start() {
    hub = LiveHub.start(directory, Manifests.of(Manifests.route("sensor", "filter", "in1")));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void showsEachClientAndWhatItIsDoing() {
    try (WirePeer filter = WirePeer.connected(hub.port(), "edge/filter");
        WirePeer sensor = WirePeer.connected(hub.port(), "edge/sensor");
        WirePeer leaf = WirePeer.connected(hub.port(), "leaf")) {
      filter.subscribe(INPUTS, 1);
      sensor.publish(SENSOR, 1, "a");
      sensor.publish(SENSOR, 2, "b");
      filter.receive();
      filter.receive();
      leaf.send(Packets.pingReq());
      leaf.receive();

      JsonNode clients = clients();
      String table = output("clients");

      assertEquals(3, clients.size(), clients.toString());
      JsonNode unanswering = clients.get(0);
      assertEquals("edge/filter", unanswering.path("id").asText());
      assertEquals("3.1.1", unanswering.path("protocol").asText());
      assertEquals("plain", unanswering.path("transport").asText());
      assertEquals(2, unanswering.path("inFlightOut").asInt());
      assertEquals(0, unanswering.path("waitingOut").asInt());
      assertEquals(1, unanswering.path("subscriptions").asInt());
      assertTrue(unanswering.path("remote").asText().matches("127\\.0\\.0\\.1:\\d+"));
      assertTrue(unanswering.path("since").asText().matches("2.*T.*Z"), clients.toString());
      int sent = Packets.connect("leaf", false, 0).length + Packets.pingReq().length;
      assertEquals("leaf", clients.get(2).path("id").asText());
      assertEquals(sent, clients.get(2).path("bytesIn").asLong());
      assertEquals(6, clients.get(2).path("bytesOut").asLong());
      List<String> lines = table.lines().toList();
      assertEquals(4, lines.size(), table);
      assertTrue(
          lines.get(0).matches("CLIENT +SINCE +MQTT +TRANSPORT +IN +OUT +SUBSCRIPTIONS.*"), table);
      String row = "edge/filter +[0-9.]+ s +3\\.1\\.1 +plain +0 +2 +1 +\\d+ +\\d+ +127.*";
      assertTrue(lines.get(1).matches(row), table);
    }
    Await.until("all have gone", () -> clients().isEmpty());
    assertEquals("no clients are connected\n", output("clients"));
  }

  @Test
  void namesTheVersionThatAClientSpeaks() {
    try (WirePeer five = new WirePeer(hub.port())) {
      five.send(
          Packets.connect(
              5, "MQTT", "edge/five", Packets.userName("edge/five"), true, 0, null, null));
      assertEquals(2, five.receive().type());

      assertEquals("5", clients().get(0).path("protocol").asText());
    }
  }

  @Test
  void countsWhatIsAcknowledged() {
    try (WirePeer filter = WirePeer.connected(hub.port(), "edge/filter");
        WirePeer sensor = WirePeer.connected(hub.port(), "edge/sensor")) {
      filter.subscribe(INPUTS, 1);
      sensor.publish(SENSOR, 1, "a");
      assertEquals(List.of("a"), filter.take(1));

      Await.until("answered", () -> clients().get(0).path("inFlightOut").asInt() == 0);
      assertEquals(0, clients().get(1).path("inFlightIn").asInt());
    }
  }

  @Test
  void wantsTheToken() {
    assertEquals(401, hub.fetch("/api/clients", "").statusCode());
  }

  private JsonNode clients() {
    String out = output("clients", "--json");
    assertFalse(out.strip().contains("\n"), out);
    return LiveHub.json(out).path("clients");
  }

  private String output(String... command) {
    String[] all = new String[command.length + 2];
    System.arraycopy(command, 0, all, 0, command.length);
    all[command.length] = "--set";
    all[command.length + 1] = "dataDir=" + hub.dataDir();
    try (Console console = new Console()) {
      assertEquals(ExitCode.DONE, console.run(all), console::err);
      return console.out();
    }
  }
}
