package dev.edgehub.mqtt.server;

import static dev.edgehub.mqtt.server.EmbeddedPipeline.answers;
import static dev.edgehub.mqtt.server.EmbeddedPipeline.finish;
import static dev.edgehub.mqtt.server.EmbeddedPipeline.flipped;
import static dev.edgehub.mqtt.server.EmbeddedPipeline.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.HeldStore;
import dev.edgehub.mqtt.testing.LeakWatch;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.Services;
import dev.edgehub.store.AppendOutcome;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes through the whole pipeline, as a hostile or a hasty peer sends them. */
@ExtendWith({LeakWatch.class, DefectWatch.class})
final class MqttPipelineTest {

  private static final String ID = "edge/m";
  private static final String EVENTS = "devices/edge/modules/m/messages/events/";
  private static final String ACCEPTED = "20020000";

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
        Packets.publish(EVENTS + "a=1", 0, 0, "zero"),
        Packets.publish(EVENTS + "a=1", 1, 7, "one"),
        Packets.pubAck(300),
        Packets.subscribe(10, 1, "devices/edge/modules/m/inputs/#", "c/#"),
        Packets.unsubscribe(11, "a/b", "c/#"),
        Packets.pingReq(),
        Packets.disconnect());
  }

  static List<byte[]> everyFirstPacket() {
    return List.of(
        Packets.connect(ID, false, 60),
        Packets.connect(
            4, "MQTT", ID, Packets.userName(ID), true, 60, EVENTS + "a=1", "I have gone"),
        Packets.connect(5, "MQTT", ID, Packets.userName(ID), true, 60, null, null),
        Packets.connect(3, "MQIsdp", ID, null, true, 60, null, null));
  }

  @Test
  void servesPacketsThatFollowConnectInTheSameBuffer() {
    EmbeddedChannel channel = open();

    write(
        channel,
        Packets.join(
            Packets.connect(ID, false, 60),
            Packets.subscribe(1, 1, "devices/edge/modules/m/inputs/#"),
            Packets.publish(EVENTS, 1, 2, "a"),
            Packets.publish(EVENTS, 1, 3, "b"),
            Packets.publish(EVENTS, 0, 0, "c"),
            Packets.pingReq()));
    for (int i = 0; i < store.appended().size(); i++) {
      store.answer(i, AppendOutcome.DURABLE);
    }

    String answers = answers(channel);
    assertTrue(answers.startsWith(ACCEPTED), answers);
    assertTrue(answers.contains("9003000101"), "SUBACK in " + answers);
    assertTrue(answers.contains("40020002" + "40020003"), "PUBACKs in order in " + answers);
    assertTrue(answers.contains("d000"), "PINGRESP in " + answers);
    assertEquals(3, store.appended().stream().mapToInt(size -> size).sum());
    finish(channel);
  }

  @Test
  void keepsASubscriptionThatIsPipelinedWithConnect() {
    EmbeddedChannel first = open();
    write(first, Packets.connect(ID, false, 60));
    finish(first);
    EmbeddedChannel second = open();

    write(
        second,
        Packets.join(
            Packets.connect(ID, false, 60),
            Packets.subscribe(1, 1, "devices/edge/modules/m/inputs/in1/#"),
            Packets.subscribe(2, 1, "devices/edge/modules/m/inputs/in2/#")));

    assertEquals("20020100" + "9003000101" + "9003000201", answers(second));
    String stored = new String(store.documents().all("sessions").get(ID), StandardCharsets.UTF_8);
    assertEquals(
        "1 devices/edge/modules/m/inputs/in1/#\n1 devices/edge/modules/m/inputs/in2/#\n", stored);
    finish(second);
  }

  @Test
  void servesThePipelineWhicheverWayItIsCut() {
    byte[] all =
        Packets.join(
            Packets.connect(ID, true, 60),
            Packets.publish(EVENTS, 1, 2, "a"),
            Packets.subscribe(1, 1, "devices/edge/modules/m/inputs/#"),
            Packets.pingReq());
    int before = store.appended().size();

    for (int cut = 1; cut < all.length; cut++) {
      EmbeddedChannel channel = open();
      write(channel, Arrays.copyOfRange(all, 0, cut));
      write(channel, Arrays.copyOfRange(all, cut, all.length));
      store.answer(before++, AppendOutcome.DURABLE);

      String answers = answers(channel);
      assertTrue(answers.startsWith(ACCEPTED), answers);
      for (String answer : List.of("9003000101", "40020002", "d000")) {
        assertTrue(answers.contains(answer), answer + " in " + answers + " cut at " + cut);
      }
      finish(channel);
    }
  }

  @Test
  void servesByteByByte() {
    EmbeddedChannel channel = open();

    for (byte one : Packets.join(Packets.connect(ID, true, 60), Packets.pingReq())) {
      write(channel, new byte[] {one});
    }

    assertEquals(ACCEPTED + "d000", answers(channel));
    finish(channel);
  }

  @Test
  void takesLargePacketsOnlyOnceTheClientIsIn() {
    byte[] large = Packets.publish(EVENTS, 1, 2, new byte[200_000]);
    EmbeddedChannel before = open();
    write(before, large);
    assertFalse(before.isOpen());
    finish(before);
    EmbeddedChannel after = open();

    write(after, Packets.join(Packets.connect(ID, true, 60), large));

    assertTrue(after.isOpen());
    assertEquals(List.of(1), store.appended());
    finish(after);
  }

  @Test
  void closesOnAConnectOfMoreThanSixteenKilobytes() {
    EmbeddedChannel channel = open();

    write(channel, Packets.connect(4, "MQTT", ID, "h/" + "x".repeat(17_000), true, 60, null, null));

    assertFalse(channel.isOpen());
    assertEquals("", answers(channel));
    finish(channel);
  }

  @Test
  void closesOnAHugeRemainingLengthAtOnce() {
    EmbeddedChannel channel = connected();

    write(channel, new byte[] {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 1, 'a'});

    assertFalse(channel.isOpen());
    finish(channel);
  }

  /** B7, before CONNECT. */
  @Test
  void b7OneByteInTenSecondsIsClosedAtTheDeadline() {
    EmbeddedChannel channel = frozen();

    write(channel, new byte[] {0x10});
    pass(channel, 4_900);
    assertTrue(channel.isOpen());
    pass(channel, 200);

    assertFalse(channel.isOpen());
    finish(channel);
  }

  /** B7, after CONNECT: bytes keep a connection alive, their number stays bounded. */
  @Test
  void b7OneByteInTenSecondsIsReadAndSilenceIsClosed() {
    EmbeddedChannel channel = frozen();
    write(channel, Packets.connect(ID, true, 20));
    assertEquals(ACCEPTED, answers(channel));
    byte[] ping = Packets.pingReq();

    for (int i = 0; i < 100; i++) {
      pass(channel, 10_000);
      write(channel, new byte[] {ping[i % 2]});
      assertEquals(i % 2 == 0 ? "" : "d000", answers(channel));
    }
    pass(channel, 31_000);

    assertFalse(channel.isOpen());
    finish(channel);
  }

  private EmbeddedChannel frozen() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.freezeTime();
    MqttPipeline.build(channel.pipeline(), services.get(), () -> Origin.LOCAL, () -> {});
    channel.pipeline().fireChannelActive();
    return channel;
  }

  private static void pass(EmbeddedChannel channel, long millis) {
    channel.runPendingTasks();
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  @ParameterizedTest
  @ValueSource(strings = {"16", "474554202f20485454502f312e310d0a0d0a", "16030100a5010000a1", "00"})
  void closesOrWaitsOnOtherProtocols(String hex) {
    EmbeddedChannel channel = open();

    write(channel, HexFormat.of().parseHex(hex));

    assertEquals("", answers(channel));
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
      // an unknown version is answered as soon as it is seen
      assertTrue(answers(channel).matches("|20020001|2003008400"), "at " + length);
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
    write(channel, Packets.connect(ID, true, 60));
    assertEquals(ACCEPTED, answers(channel));
    return channel;
  }
}
