package dev.edgehub.mqtt.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.LeakWatch;
import dev.edgehub.mqtt.testing.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakWatch.class)
final class PacketReaderTest {

  private static final String TOPIC = "devices/d/messages/events/a=1";

  private final EmbeddedChannel channel =
      new EmbeddedChannel(new MqttDecoder(1 << 16), new PacketReader());

  /** One of every packet a client sends. */
  static List<byte[]> everyPacket() {
    return List.of(
        Packets.connect(4, "MQTT", "d", "u", false, 300, "will/topic", "gone"),
        Packets.connect(4, "MQTT", "", null, true, 0, null, null),
        Packets.publish(TOPIC, 0, 0, "zero"),
        Packets.publish(TOPIC, 1, 7, "one"),
        Packets.publish(TOPIC, 2, 8, "two"),
        Packets.publish(TOPIC, 1, 65_535, new byte[3_000]),
        Packets.publish(TOPIC, 1, 9, ""),
        Packets.pubAck(300),
        Packets.subscribe(10, 1, "a/b", "c/#"),
        Packets.unsubscribe(11, "a/b", "c/#"),
        Packets.pingReq(),
        Packets.disconnect());
  }

  @Test
  void readsConnectWithEveryField() {
    Packet.Connect connect =
        (Packet.Connect) read(Packets.connect(4, "MQTT", "d/m", "user", true, 300, "w/t", "gone"));

    assertEquals(4, connect.level());
    assertEquals("d/m", connect.clientId());
    assertEquals("user", connect.userName());
    assertNull(connect.password());
    assertTrue(connect.cleanSession());
    assertEquals(300, connect.keepAliveSeconds());
    Packet.Will will = connect.will();
    assertNotNull(will);
    assertEquals("w/t", will.topic());
    assertArrayEquals("gone".getBytes(StandardCharsets.UTF_8), will.payload());
  }

  @Test
  void readsConnectWithLittle() {
    Packet.Connect connect =
        (Packet.Connect) read(Packets.connect(4, "MQTT", "", null, false, 0, null, null));

    assertEquals("", connect.clientId());
    assertNull(connect.userName());
    assertNull(connect.will());
    assertEquals(0, connect.keepAliveSeconds());
  }

  @Test
  void readsPublishOfEachQos() {
    assertEquals(
        "[0 0 zero, 1 7 one, 2 8 two]",
        List.of(publish(0, 0, "zero"), publish(1, 7, "one"), publish(2, 8, "two")).toString());
  }

  private String publish(int qos, int id, String payload) {
    Packet.Publish read = (Packet.Publish) read(Packets.publish(TOPIC, qos, id, payload));
    assertEquals(TOPIC, read.topic());
    return read.qos()
        + " "
        + read.packetId()
        + " "
        + new String(read.payload(), StandardCharsets.UTF_8);
  }

  @Test
  void readsRetainAndDup() {
    byte[] bytes = Packets.publish(TOPIC, 1, 7, "x");
    bytes[0] |= 0x09;

    Packet.Publish read = (Packet.Publish) read(bytes);

    assertTrue(read.retain());
    assertTrue(read.duplicate());
  }

  @Test
  void readsTheOthers() {
    assertEquals(new Packet.PubAck(300), read(Packets.pubAck(300)));
    assertEquals(
        new Packet.Subscribe(
            10, List.of(new Packet.Subscription("a/b", 1), new Packet.Subscription("c/#", 1))),
        read(Packets.subscribe(10, 1, "a/b", "c/#")));
    assertEquals(new Packet.Unsubscribe(11, List.of("a/b")), read(Packets.unsubscribe(11, "a/b")));
    assertEquals(new Packet.PingReq(), read(Packets.pingReq()));
    assertEquals(new Packet.Disconnect(), read(Packets.disconnect()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x20, 0x50, 0x62, 0x70, 0x90, 0xb0, 0xd0})
  void namesPacketsThatClientsDoNotSend(int first) {
    byte[] body = first == 0xd0 ? new byte[0] : new byte[] {0, first == 0x20 ? 0 : (byte) 1};
    byte[] more = first == 0x90 ? new byte[] {0, 1, 0} : body;

    assertInstanceOf(Packet.Unexpected.class, read(Packets.packet(first, more)));
  }

  @ParameterizedTest
  @MethodSource("everyPacket")
  void readsTheSameByteByByteAndAtOnce(byte[] packet) {
    Packet atOnce = read(packet);

    for (byte one : packet) {
      channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {one}));
    }
    Packet byteByByte = channel.readInbound();

    assertEquals(shown(atOnce), shown(byteByByte));
    assertNull(channel.readInbound());
  }

  @Test
  void readsManyPacketsOfOneBuffer() {
    byte[] all = Packets.join(everyPacket().toArray(byte[][]::new));

    channel.writeInbound(Unpooled.wrappedBuffer(all));

    List<String> read = new ArrayList<>();
    for (Packet packet = channel.readInbound(); packet != null; packet = channel.readInbound()) {
      read.add(shown(packet));
    }
    assertEquals(everyPacket().stream().map(bytes -> shown(read(bytes))).toList(), read);
  }

  @ParameterizedTest
  @CsvSource({"3, MQIsdp", "6, MQTT", "4, NOPE", "5, MQTT"})
  void anotherVersionIsAConnectToBeRefused(int level, String protocol) {
    Packet read = read(Packets.connect(level, protocol, "d", "u", true, 1, null, null));

    Packet.Connect connect = assertInstanceOf(Packet.Connect.class, read);
    assertTrue(connect.level() != 4);
  }

  @Test
  void refusesWhatIsTooLarge() {
    byte[] packet = Packets.publish(TOPIC, 1, 1, new byte[70_000]);

    MalformedPacket thrown = assertThrows(MalformedPacket.class, () -> read(packet));

    assertTrue(("" + thrown.getMessage()).contains("larger than allowed"), thrown.getMessage());
  }

  @ParameterizedTest
  @MethodSource
  void refusesWhatTheSpecificationForbids(byte[] packet) {
    assertThrows(MalformedPacket.class, () -> read(packet));
  }

  static List<byte[]> refusesWhatTheSpecificationForbids() {
    return List.of(
        new byte[] {0x00, 0x00}, // no such type
        new byte[] {0x36, 0x05, 0x00, 0x01, 'a', 0x00, 0x01}, // QoS 3
        new byte[] {0x32, 0x05, 0x00, 0x01, 'a', 0x00, 0x00}, // packet id 0
        new byte[] {(byte) 0x80, 0x06, 0x00, 0x01, 0x00, 0x01, 'a', 0x01}, // SUBSCRIBE flags
        new byte[] {(byte) 0x82, 0x06, 0x00, 0x01, 0x00, 0x01, 'a', 0x03}, // asks for QoS 3
        new byte[] {(byte) 0x82, 0x02, 0x00, 0x01}, // SUBSCRIBE without a filter
        new byte[] {(byte) 0xa2, 0x02, 0x00, 0x01}, // UNSUBSCRIBE without a filter
        new byte[] {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x01}, // length
        Packets.publish("a/+/b", 0, 0, ""),
        Packets.publish("a/#", 0, 0, ""));
  }

  private Packet read(byte[] packet) {
    ByteBuf buffer = Unpooled.wrappedBuffer(packet);
    channel.writeInbound(buffer);
    assertEquals(0, buffer.refCnt());
    Packet read = channel.readInbound();
    assertNotNull(read);
    return read;
  }

  private static String shown(Packet packet) {
    if (packet instanceof Packet.Publish publish) {
      return publish.topic() + publish.qos() + publish.packetId() + " " + hash(publish.payload());
    }
    if (packet instanceof Packet.Connect connect) {
      return connect.clientId() + connect.userName() + connect.keepAliveSeconds();
    }
    return packet.toString();
  }

  private static String hash(byte[] bytes) {
    return bytes.length + ":" + Arrays.hashCode(bytes);
  }
}
