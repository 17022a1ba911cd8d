package dev.edgehub.mqtt.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edgehub.mqtt.testing.LeakWatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes as MQTT 3.1.1, chapter 3, lays them out. */
@ExtendWith(LeakWatch.class)
final class PacketWriterTest {

  private final EmbeddedChannel channel = new EmbeddedChannel(new PacketWriter());

  @ParameterizedTest
  @CsvSource({
    "4, ACCEPTED, false, 20020000",
    "4, ACCEPTED, true, 20020100",
    "4, UNSUPPORTED_VERSION, false, 20020001",
    "4, BAD_CLIENT_ID, false, 20020002",
    "4, UNAVAILABLE, false, 20020003",
    "4, BAD_USER_NAME, false, 20020004",
    "4, NOT_AUTHORIZED, false, 20020005",
    "3, UNSUPPORTED_VERSION, false, 20020001",
    "0, UNSUPPORTED_VERSION, false, 20020001",
    "5, UNSUPPORTED_VERSION, false, 2003008400",
    "5, UNAVAILABLE, false, 2003008800",
  })
  void writesConnAck(int level, ConnectCode code, boolean present, String hex) {
    assertEquals(hex, written(new Packet.ConnAck(level, code, present)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, false, 0, 3006000361c3a978",
    "0, false, true, 0, 3106000361c3a978",
    "1, false, false, 1, 3208000361c3a9000178",
    "1, true, false, 65535, 3a08000361c3a9ffff78",
    "1, true, true, 258, 3b08000361c3a9010278",
  })
  void writesPublish(int qos, boolean duplicate, boolean retain, int id, String hex) {
    assertEquals(
        hex, written(new Packet.Publish("aé", qos, duplicate, retain, id, new byte[] {'x'})));
  }

  @ParameterizedTest
  @CsvSource({
    "124, 307f",
    "125, 308001",
    "16380, 30ff7f",
    "16381, 30808001",
    "2097148, 30ffff7f",
    "2097149, 3080808001",
  })
  void writesTheRemainingLengthInAsFewBytesAsItTakes(int payload, String hex) {
    String written = written(new Packet.Publish("a", 0, false, false, 0, new byte[payload]));

    assertEquals(hex + "000161", written.substring(0, hex.length() + 6));
  }

  @Test
  void writesPubAcksOneAfterTheOther() {
    assertEquals(
        "4002000140028000" + "4002ffff",
        written(new Packet.PubAcks(new int[] {1, 0x8000, 0xffff, 99}, 3)));
  }

  @Test
  void writesSubAckWithEachCode() {
    assertEquals("900501020001" + "80", written(new Packet.SubAck(0x102, List.of(0, 1, 0x80))));
  }

  @Test
  void writesALongSubAck() {
    String written = written(new Packet.SubAck(1, Collections.nCopies(200, 1)));

    assertEquals("90ca010001" + "01".repeat(200), written);
  }

  @Test
  void writesUnsubAckAndPingResp() {
    assertEquals("b0020102", written(new Packet.UnsubAck(0x102)));
    assertEquals("d000", written(new Packet.PingResp()));
  }

  @Test
  void refusesATopicThatIsTooLong() {
    Packet.Publish tooLong =
        new Packet.Publish("x".repeat(65_536), 0, false, false, 0, new byte[0]);

    assertThrows(IllegalArgumentException.class, () -> channel.writeOutbound(tooLong));
  }

  @Test
  void refusesWhatAServerDoesNotSend() {
    assertThrows(IllegalArgumentException.class, () -> channel.writeOutbound(new Packet.PingReq()));
  }

  @Test
  void passesOnWhatIsNoPacket() {
    channel.writeOutbound("text".getBytes(StandardCharsets.UTF_8));

    assertNotNull(channel.readOutbound());
  }

  private String written(Packet packet) {
    channel.writeOutbound(packet);
    ByteBuf bytes = channel.readOutbound();
    try {
      return HexFormat.of().formatHex(ByteBufUtil.getBytes(bytes));
    } finally {
      bytes.release();
    }
  }
}
