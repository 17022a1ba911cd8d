package dev.edgehub.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B5: ids that want to be something else. */
final class B5IdsIT extends ServedAllThrough {

  @ParameterizedTest(name = "id {index}")
  @ValueSource(
      strings = {
        ".",
        "..",
        "../x",
        "edge/..",
        "edge/../cage",
        "edge//m",
        "/edge",
        "edge/",
        "edge/m/inputs",
        "edge\\m",
        "edge/m\\..",
        "edge/#",
        "edge/+",
        "+/+",
        "#",
        "edge/m\0",
        "edge/m\u202e",
        "edge/m\u0301",
        "edge/$edgeHub",
        "edge/$edgeAgent",
        "sessions/edge/m",
        "edge/m n"
      })
  void b5AnIdThatIsNoneIsRefused(String id) {
    assertTrue(isRefused(Packets.connect(id, true, 0)));
  }

  @Test
  void b5AnIdOfSixtyFourKilobytesIsRefused() {
    assertTrue(isRefused(Packets.connect("x".repeat(65_000), true, 0)));
    assertTrue(isRefused(Packets.connect("edge/" + "x".repeat(129), true, 0)));
  }

  /** Per cent signs are characters of an id like others: nothing is decoded, once or twice. */
  @ParameterizedTest
  @ValueSource(strings = {"edge/%00", "edge/%2e%2e", "edge/%252e", "edge/a%2Fb", "edge/..."})
  void b5AnEncodedIdIsItselfAndNothingElse(String id) throws IOException {
    Set<String> before = files();
    String module = id.substring("edge/".length());
    try (WirePeer peer = WirePeer.connected(hub.port(), id)) {
      peer.publish("devices/edge/modules/" + module + "/messages/events/", 1, "mine");
      peer.subscribe("devices/edge/modules/" + module + "/inputs/#", 1);
    }
    Set<String> grown = files();
    grown.removeAll(before);

    assertTrue(grown.stream().allMatch(name -> name.matches("[0-9A-Z._-]+(sst|log|dbtmp|\\d)")));
    assertTrue(
        isRefused(
            Packets.connect(id, true, 0),
            Packets.publish("devices/edge/modules/cage/messages/events/", 1, 1, "stolen")));
  }

  @Test
  void b5TheUserNameAndTheClientIdMustAgree() {
    String[] others = {"edge/cage", "edge", "edge/M", "edge/m%20", "Edge/m"};
    for (String other : others) {
      byte[] packet = Packets.connect(4, "MQTT", ID, Packets.userName(other), true, 0, null, null);
      try (WirePeer peer = new WirePeer(hub.port())) {
        peer.send(packet);
        assertEquals("20 0005", peer.receive().toString(), other);
      }
    }
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
