package dev.edgehub.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Mosquitto;
import dev.edgehub.mqtt.testing.Packets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README's tour: mosquitto_pub and mosquitto_sub as modules and as a leaf device. */
@Timeout(60)
final class MosquittoClientsIT {

  private static final String SENSOR = "devices/edge/modules/sensor/messages/events/";

  @TempDir Path directory;
  private LiveHub hub;

  @BeforeEach
  void start() {
    Mosquitto.program("mosquitto_pub");
    Mosquitto.program("mosquitto_sub");
    hub =
        LiveHub.start(
            directory,
            Manifests.of(
                Manifests.route("sensor", "filter", "in1"),
                "FROM /messages/* WHERE NOT IS_DEFINED($connectionModuleId)"
                    + " INTO BrokeredEndpoint(\"/modules/filter/inputs/in1\")"));
  }

  @AfterEach
  void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  @Test
  void aMessageArrivesAtOnceAndAfterTheReceiverWasAway() throws Exception {
    subscribeAndLeave();
    publish("edge/sensor", SENSOR + "a=1", "one");
    publish("leaf", "devices/leaf/messages/events/", "two");
    hub.stop();
    hub.startAgain();
    publish("edge/sensor", SENSOR, "three");

    String output = subscriber(3);

    assertEquals(List.of("one", "two", "three"), output.lines().map(this::payload).toList());
    assertTrue(output.contains("%24.cdid=edge&%24.cmid=sensor&a=1&edgeMessageId="), output);
    assertTrue(output.contains("%24.cdid=leaf&"), output);
  }

  private String payload(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  private void subscribeAndLeave() {
    Mosquitto.run("mosquitto_sub", arguments("edge/filter", "-E", "-c", "-q", "1", "-t", inputs()));
  }

  private String subscriber(int count) throws IOException, InterruptedException {
    Process subscriber =
        Mosquitto.begin(
            "mosquitto_sub",
            arguments(
                "edge/filter",
                "-c",
                "-q",
                "1",
                "-v",
                "-C",
                "" + count,
                "-W",
                "20",
                "-t",
                inputs()));
    assertTrue(subscriber.waitFor(30, TimeUnit.SECONDS));
    return new String(subscriber.getInputStream().readAllBytes(), UTF_8);
  }

  private static String inputs() {
    return "devices/edge/modules/filter/inputs/#";
  }

  private void publish(String id, String topic, String payload) {
    Mosquitto.run("mosquitto_pub", arguments(id, "-q", "1", "-t", topic, "-m", payload));
  }

  private String[] arguments(String id, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "-V",
                "311",
                "-h",
                "127.0.0.1",
                "-p",
                "" + hub.port(),
                "-i",
                id,
                "-u",
                Packets.userName(id)));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
