package dev.edgehub.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** B4: topics and filters that are none. */
final class B4TopicsIT extends ServedAllThrough {

  private static final byte[] CONNECT = ClientPackets.connect();

  static List<String> topics() {
    return List.of(
        "",
        "/",
        "#",
        "+",
        EVENTS + "a=\0",
        EVENTS + "#",
        EVENTS + "+/",
        EVENTS + "a=+",
        "devices/+/modules/m/messages/events/",
        "$SYS/broker",
        "$iothub/twin/GET/?$rid=1/+",
        "devices/edge/modules/m/messages/eventsx",
        "devices/edge/modules/cage/messages/events/",
        "l/".repeat(10_000),
        "x".repeat(65_535));
  }

  @ParameterizedTest(name = "topic {index}")
  @MethodSource("topics")
  void b4AnUnusableTopicEndsTheConnection(String topic) {
    assertTrue(isRefused(CONNECT, Packets.publish(topic, 1, 1, "x")));
    assertTrue(isRefused(CONNECT, Packets.publish(topic, 0, 0, "x")));
  }

  @Test
  void b4BytesThatAreNoUtf8EndTheConnection() {
    byte[][] wrong = {
      {(byte) 0xff},
      {(byte) 0xc0, (byte) 0x80},
      {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
      {(byte) 0xe2, (byte) 0x82},
      {(byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80}
    };
    for (byte[] bytes : wrong) {
      byte[] prefix = (EVENTS + "a=").getBytes(StandardCharsets.UTF_8);
      byte[] topic = Packets.join(prefix, bytes);
      byte[] length = {(byte) (topic.length >> 8), (byte) topic.length};

      assertTrue(
          isRefused(CONNECT, Packets.packet(0x30, Packets.join(length, topic))),
          "PUBLISH " + Arrays.toString(bytes));
      assertTrue(
          isRefused(
              CONNECT,
              Packets.packet(0x82, Packets.join(new byte[] {0, 1}, length, topic, new byte[] {1}))),
          "SUBSCRIBE " + Arrays.toString(bytes));
    }
  }

  @Test
  void b4ABagOfTheGreatestLengthIsServed() {
    String topic = EVENTS + "a=" + "x".repeat(65_535 - EVENTS.length() - 2);
    String levels = EVENTS + "a=" + "/".repeat(10_000);
    try (WirePeer peer = WirePeer.connected(hub.port(), ID)) {
      peer.publish(topic, 1, "longest");
      peer.publish(levels, 2, "raw slashes in a value");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#",
        "+/#",
        "devices/#",
        "devices/edge/modules/+/inputs/#",
        "devices/edge/modules/cage/inputs/#",
        "devices/edge/modules/m/inputs/#/x",
        "devices/edge/modules/m/inputs/a+",
        "$share/g/devices/edge/modules/m/inputs/#",
        "$share//x"
      })
  void b4AFilterThatCannotDeliverIsRefusedAndTheConnectionLives(String filter) {
    try (WirePeer peer = WirePeer.connected(hub.port(), ID)) {
      peer.send(Packets.subscribe(5, 1, filter));

      WirePeer.Received answer = peer.receive();

      assertEquals(9, answer.type());
      assertArrayEquals(new byte[] {0, 5, (byte) 0x80}, answer.body());
      peer.publish(EVENTS, 1, "still here");
    }
  }

  @Test
  void b4AFilterOfTenThousandLevelsIsRefused() {
    try (WirePeer peer = WirePeer.connected(hub.port(), ID)) {
      peer.send(
          Packets.subscribe(5, 1, "devices/edge/modules/m/inputs/" + "+/".repeat(10_000) + "#"));

      assertArrayEquals(new byte[] {0, 5, (byte) 0x80}, peer.receive().body());
    }
  }
}
