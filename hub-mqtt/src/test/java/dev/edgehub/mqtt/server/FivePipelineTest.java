package dev.edgehub.mqtt.server;

import static dev.edgehub.mqtt.server.EmbeddedPipeline.answers;
import static dev.edgehub.mqtt.server.EmbeddedPipeline.finish;
import static dev.edgehub.mqtt.server.EmbeddedPipeline.flipped;
import static dev.edgehub.mqtt.server.EmbeddedPipeline.write;
import static dev.edgehub.mqtt.testing.FivePackets.properties;
import static dev.edgehub.mqtt.testing.FivePackets.property;
import static dev.edgehub.mqtt.testing.FivePackets.textProperty;
import static dev.edgehub.mqtt.testing.FivePackets.userProperty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.FivePackets;
import dev.edgehub.mqtt.testing.HeldStore;
import dev.edgehub.mqtt.testing.LeakWatch;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.Services;
import dev.edgehub.store.AppendOutcome;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes of MQTT 5 through the whole pipeline; the answers are compared as bytes. */
@ExtendWith({LeakWatch.class, DefectWatch.class})
final class FivePipelineTest {

  private static final String ID = "edge/m";
  private static final String EVENTS = "devices/edge/modules/m/messages/events/";
  private static final String INPUTS = "devices/edge/modules/m/inputs/#";
  private static final byte[] NONE = properties();
  private static final String ALIAS = "000" + "1";

  private final HeldStore store = new HeldStore();
  private final Services services =
      new Services(
          Config.of("limits.messageSize=262144"), store, Manifests.of("FROM /* INTO $upstream"));

  @AfterEach
  void close() {
    services.close();
  }

  /** One of every packet a connected client sends. */
  static List<byte[]> everyPacket() {
    return List.of(
        Packets.packet(0x30, new byte[] {0, 1, 'a', 0, 'z', 'e', 'r', 'o'}),
        FivePackets.publish(EVENTS, 7, everyMessageProperty(), "one"),
        FivePackets.pubAck(300, 0x10, properties(textProperty(0x1f, "why"))),
        Packets.pubAck(300),
        FivePackets.subscribe(10, properties(userProperty("a", "b")), 0x2d, INPUTS),
        FivePackets.unsubscribe(11, properties(userProperty("a", "b")), INPUTS),
        Packets.pingReq(),
        FivePackets.disconnect(4, properties(property(0x11, "00000000"))),
        Packets.disconnect());
  }

  static List<byte[]> everyFirstPacket() {
    return List.of(
        FivePackets.connect(
            ID,
            properties(
                property(0x11, "0000003c"),
                property(0x21, "0010"),
                property(0x27, "00010000"),
                property(0x22, "0004"),
                property(0x19, "01"),
                property(0x17, "01"),
                userProperty("a", "b"))),
        FivePackets.connect(
            ID, Packets.join(properties(property(0x18, "00000001"))), EVENTS, "gone"));
  }

  private static byte[] everyMessageProperty() {
    return properties(
        property(0x01, "01"),
        property(0x02, "0000003c"),
        property(0x23, ALIAS),
        textProperty(0x08, "answer/here"),
        textProperty(0x09, "correlation"),
        textProperty(0x03, "text/plain"),
        userProperty("a", "b"),
        userProperty("a", "c"));
  }

  @Test
  void connAckSaysWhatIsOfferedAndWhatIsNot() {
    EmbeddedChannel channel = open();

    write(channel, FivePackets.connect(ID, NONE));

    assertEquals(
        "2018"
            + "0000"
            + "15"
            + "2103e8" // receive maximum 1000
            + "2401" // maximum QoS 1
            + "2500" // nothing retained
            + "2700050010" // maximum packet size
            + "220010" // topic aliases
            + "2801" // wildcards
            + "2900" // no subscription identifiers
            + "2a00", // no shared subscriptions
        answers(channel));
    finish(channel);
  }

  @Test
  void servesPacketsThatFollowConnectInTheSameBuffer() {
    EmbeddedChannel channel = open();

    write(
        channel,
        Packets.join(
            FivePackets.connect(ID, NONE),
            FivePackets.subscribe(1, NONE, 0x05, INPUTS),
            FivePackets.publish(EVENTS, 2, everyMessageProperty(), "a"),
            FivePackets.publish("", 3, properties(property(0x23, ALIAS)), "b"),
            Packets.pingReq()));
    for (int i = 0; i < store.appended().size(); i++) {
      store.answer(i, AppendOutcome.DURABLE);
    }

    String answers = answers(channel);
    assertTrue(answers.contains("9004" + "0001" + "00" + "01"), "SUBACK in " + answers);
    assertTrue(answers.contains("40020002" + "40020003"), "PUBACKs in " + answers);
    assertTrue(answers.contains("d000"), "PINGRESP in " + answers);
    assertEquals(2, store.appended().stream().mapToInt(size -> size).sum());
    finish(channel);
  }

  @Test
  void answersUnsubscribeAndRefusalsWithTheirCodes() {
    EmbeddedChannel channel = connected();

    write(
        channel,
        Packets.join(
            FivePackets.unsubscribe(1, NONE, "never/had"),
            FivePackets.publish("plain", 2, NONE, "x"),
            FivePackets.subscribe(3, properties(property(0x0b, "01")), 1, INPUTS)));

    assertEquals(
        "b004" + "0001" + "0011" + "40030002" + "90" + "9004" + "0003" + "00a1",
        inAnyOrder(answers(channel), "b00400010011", "4003000290", "9004000300a1"));
    finish(channel);
  }

  private static String inAnyOrder(String answers, String... expected) {
    for (String answer : expected) {
      assertTrue(answers.contains(answer), answer + " in " + answers);
    }
    return String.join("", expected);
  }

  /** What a connected client must not send, and the reason it is told. */
  static Stream<Arguments> violations() {
    byte[] alias = property(0x23, ALIAS);
    return Stream.of(
        violation("b03 topic alias twice", 0x82, publish(alias, alias)),
        violation(
            "b03 content type twice", 0x82, publish(textProperty(3, "a"), textProperty(3, "a"))),
        violation(
            "b03 expiry twice", 0x82, publish(property(2, "00000001"), property(2, "00000002"))),
        violation("b03 payload format twice", 0x82, publish(property(1, "00"), property(1, "00"))),
        violation("b03 payload format 2", 0x82, publish(property(1, "02"))),
        violation("b03 alias 0", 0x94, publish(property(0x23, "0000"))),
        violation("b03 alias beyond the maximum", 0x94, publish(property(0x23, "0011"))),
        violation("b03 subscription identifier in PUBLISH", 0x82, publish(property(0x0b, "01"))),
        violation("b03 unknown property", 0x81, publish(property(0x7f, "01"))),
        violation("b03 property of another packet", 0x81, publish(property(0x11, "00000001"))),
        violation("b03 513 user properties", 0x97, manyUserProperties(513)),
        violation("b03 10,000 user properties", 0x97, manyUserProperties(10_000)),
        violation("b03 a name with NUL", 0x81, publish(userProperty("a\0", "b"))),
        violation(
            "b03 a value with a lone surrogate",
            0x81,
            publish(property(0x26, "000161" + "0003eda080"))),
        violation("b03 a content type that is no UTF-8", 0x81, publish(property(0x03, "0002c328"))),
        violation(
            "b03 properties longer than the packet",
            0x81,
            Packets.join(
                FivePackets.publish(EVENTS, 1, new byte[] {(byte) 0xff, 0x7f}, "x"),
                new byte[20_000])),
        violation(
            "b03 a length in more bytes than need be",
            0x82,
            FivePackets.publish(
                EVENTS, 1, Packets.join(new byte[] {(byte) 0x82, 0}, property(1, "00")), "x")),
        violation(
            "b03 session expiry twice in DISCONNECT",
            0x82,
            FivePackets.disconnect(
                0, properties(property(0x11, "00000000"), property(0x11, "00000000")))),
        violation(
            "b03 subscription identifier in UNSUBSCRIBE",
            0x81,
            FivePackets.unsubscribe(1, properties(property(0x0b, "01")), "a")),
        violation(
            "retain", 0x9a, Packets.packet(0x33, body(FivePackets.publish(EVENTS, 1, NONE, "")))),
        violation(
            "QoS 2", 0x9b, Packets.packet(0x34, body(FivePackets.publish(EVENTS, 1, NONE, "")))),
        violation("a topic with NUL", 0x81, FivePackets.publish(EVENTS + "\0", 1, NONE, "")),
        violation("a topic with a wildcard", 0x81, FivePackets.publish(EVENTS + "#", 1, NONE, "")),
        violation("no topic and no alias", 0x82, FivePackets.publish("", 1, NONE, "")),
        violation("a foreign topic", 0x87, FivePackets.publish("devices/x/y", 1, NONE, "")),
        violation("a second CONNECT", 0x82, FivePackets.connect(ID, NONE)),
        violation("AUTH", 0x82, Packets.packet(0xf0, new byte[] {0x18, 0})),
        violation("a packet that only servers send", 0x82, Packets.packet(0xd0, new byte[0])),
        violation("SUBSCRIBE without a filter", 0x82, Packets.packet(0x82, new byte[] {0, 1, 0})),
        violation("SUBSCRIBE of QoS 3", 0x81, FivePackets.subscribe(1, NONE, 3, INPUTS)),
        violation(
            "a packet larger than announced",
            0x95,
            new byte[] {0x32, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 1, 'a', 0, 1, 0}));
  }

  private static Arguments violation(String what, int reason, byte[] packet) {
    return Arguments.of(what, reason, packet);
  }

  private static byte[] publish(byte[]... properties) {
    return FivePackets.publish(EVENTS, 1, properties(properties), "x");
  }

  private static byte[] manyUserProperties(int count) {
    return publish(Collections.nCopies(count, userProperty("a", "b")).toArray(byte[][]::new));
  }

  /** What follows the first byte and a length of one or two bytes. */
  private static byte[] body(byte[] packet) {
    return Arrays.copyOfRange(packet, (packet[1] & 0x80) == 0 ? 2 : 3, packet.length);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void whoBreaksTheProtocolIsToldAndDisconnected(String what, int reason, byte[] packet) {
    EmbeddedChannel channel = connected();

    write(channel, packet);

    String answer = answers(channel);
    assertTrue(answer.startsWith("e0"), what + ": " + answer);
    int at = 4; // a reason in words makes the packet longer, never as long as two digits
    assertEquals(String.format("%02x", reason), answer.substring(at, at + 2), what + ": " + answer);
    assertFalse(channel.isOpen());
    assertEquals(List.of(), store.appended());
    finish(channel);
  }

  /** CONNECTs that are refused, with the code of CONNACK; 0 for those that are only closed. */
  static Stream<Arguments> badConnects() {
    return Stream.of(
        violation(
            "b03 receive maximum twice",
            0x82,
            connect(property(0x21, "0001"), property(0x21, "0002"))),
        violation("b03 receive maximum 0", 0x82, connect(property(0x21, "0000"))),
        violation("b03 maximum packet size 0", 0x82, connect(property(0x27, "00000000"))),
        violation("b03 a flag of 2", 0x82, connect(property(0x17, "02"))),
        violation("b03 property of another packet", 0x81, connect(property(0x01, "01"))),
        violation("b03 authentication data only", 0x82, connect(property(0x16, "000161"))),
        violation("b03 unknown property", 0, connect(property(0x7f, "01"))),
        violation("authentication method", 0x8c, connect(textProperty(0x15, "PLAIN"))),
        violation(
            "b03 will delay twice",
            0x82,
            FivePackets.connect(
                ID,
                properties(property(0x18, "00000001"), property(0x18, "00000001")),
                EVENTS,
                "gone")),
        violation("a will on a foreign topic", 0x87, FivePackets.connect(ID, NONE, "a/b", "gone")));
  }

  private static byte[] connect(byte[]... properties) {
    return FivePackets.connect(ID, properties(properties));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badConnects")
  void aConnectAgainstTheRulesIsRefused(String what, int code, byte[] packet) {
    EmbeddedChannel channel = open();

    write(channel, packet);

    String answer = answers(channel);
    if (code == 0) {
      assertEquals("", answer, what);
    } else {
      assertEquals("20", answer.substring(0, 2), what + ": " + answer);
      assertEquals("00" + String.format("%02x", code), answer.substring(4, 8), answer);
    }
    assertFalse(channel.isOpen());
    finish(channel);
  }

  @Test
  void tellsNoWordsToWhoWantsNone() {
    EmbeddedChannel channel = open();
    write(channel, connect(property(0x17, "00")));
    answers(channel);

    write(channel, publish(property(0x23, "0000")));

    assertEquals("e00194", answers(channel));
    finish(channel);
  }

  @Test
  void fiveHundredAndTwelveUserPropertiesAreTaken() {
    EmbeddedChannel channel = connected();

    write(channel, manyUserProperties(512));

    assertTrue(channel.isOpen());
    assertEquals(List.of(1), store.appended());
    finish(channel);
  }

  @ParameterizedTest
  @MethodSource("everyPacket")
  void everyTruncationWaitsForMoreOrCloses(byte[] packet) {
    for (int length = 0; length < packet.length; length++) {
      EmbeddedChannel channel = connected();
      write(channel, Arrays.copyOf(packet, length));
      finish(channel);
    }
  }

  @ParameterizedTest
  @MethodSource("everyFirstPacket")
  void everyTruncationOfTheFirstPacketWaitsForMore(byte[] packet) {
    for (int length = 0; length < packet.length; length++) {
      EmbeddedChannel channel = open();
      write(channel, Arrays.copyOf(packet, length));
      assertEquals("", answers(channel), "at " + length);
      finish(channel);
    }
  }

  @ParameterizedTest
  @MethodSource("everyPacket")
  void everyFlippedBitIsServedOrCloses(byte[] packet) {
    for (int bit = 0; bit < packet.length * 8; bit++) {
      EmbeddedChannel channel = connected();
      write(channel, Packets.join(flipped(packet, bit), Packets.pingReq()));
      finish(channel);
    }
  }

  @ParameterizedTest
  @MethodSource("everyFirstPacket")
  void everyFlippedBitOfTheFirstPacketIsAnsweredOrCloses(byte[] packet) {
    for (int bit = 0; bit < packet.length * 8; bit++) {
      EmbeddedChannel channel = open();
      write(channel, Packets.join(flipped(packet, bit), Packets.pingReq()));
      finish(channel);
    }
  }

  private EmbeddedChannel open() {
    return EmbeddedPipeline.open(services.get());
  }

  private EmbeddedChannel connected() {
    EmbeddedChannel channel = open();
    write(channel, FivePackets.connect(ID, NONE));
    assertTrue(answers(channel).startsWith("20180000"));
    return channel;
  }
}
