package dev.edgehub.mqtt.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Client packets as bytes, put together by hand from MQTT 3.1.1, chapter 3. */
public final class Packets {

  public static final String HOST = "hub";

  private Packets() {}

  /** CONNECT of an identity with the user name that goes with it. */
  public static byte[] connect(String id, boolean clean, int keepAlive) {
    return connect(4, "MQTT", id, userName(id), clean, keepAlive, null, null);
  }

  /** CONNECT of an identity with a password, in MQTT 3.1.1 (level 4) or 5. */
  public static byte[] connect(int level, String id, boolean clean, String password) {
    return packet(
        0x10,
        join(
            text("MQTT"),
            new byte[] {(byte) level, (byte) (0xc0 | (clean ? 0x02 : 0)), 0, 0},
            level >= 5 ? new byte[] {0} : new byte[0],
            text(id),
            text(userName(id)),
            text(password)));
  }

  public static String userName(String id) {
    return HOST + "/" + id + "/?api-version=2021-04-12";
  }

  /** CONNECT with everything said. */
  public static byte[] connect(
      int level,
      String protocol,
      String clientId,
      @Nullable String userName,
      boolean clean,
      int keepAlive,
      @Nullable String willTopic,
      @Nullable String will) {
    int flags = (userName == null ? 0 : 0x80) | (willTopic == null ? 0 : 0x0c) | (clean ? 0x02 : 0);
    byte[] body =
        join(
            text(protocol),
            new byte[] {(byte) level, (byte) flags, (byte) (keepAlive >> 8), (byte) keepAlive},
            level >= 5 ? new byte[] {0} : new byte[0],
            text(clientId),
            willTopic == null ? new byte[0] : join(text(willTopic), text("" + will)),
            userName == null ? new byte[0] : text(userName));
    return packet(0x10, body);
  }

  /** PUBLISH; a packet id goes with QoS 1 and 2 only. */
  public static byte[] publish(String topic, int qos, int id, byte[] payload) {
    byte[] packetId = qos == 0 ? new byte[0] : number(id);
    return packet(0x30 | (qos << 1), join(text(topic), packetId, payload));
  }

  public static byte[] publish(String topic, int qos, int id, String payload) {
    return publish(topic, qos, id, payload.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] pubAck(int id) {
    return packet(0x40, number(id));
  }

  public static byte[] subscribe(int id, int qos, String... filters) {
    byte[] body = number(id);
    for (String filter : filters) {
      body = join(body, text(filter), new byte[] {(byte) qos});
    }
    return packet(0x82, body);
  }

  public static byte[] unsubscribe(int id, String... filters) {
    byte[] body = number(id);
    for (String filter : filters) {
      body = join(body, text(filter));
    }
    return packet(0xa2, body);
  }

  public static byte[] pingReq() {
    return packet(0xc0, new byte[0]);
  }

  public static byte[] disconnect() {
    return packet(0xe0, new byte[0]);
  }

  /** A packet of any type with its remaining length. */
  public static byte[] packet(int first, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    int rest = body.length;
    do {
      out.write(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
      rest >>>= 7;
    } while (rest > 0);
    out.writeBytes(body);
    return out.toByteArray();
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return join(number(utf8.length), utf8);
  }

  private static byte[] number(int number) {
    return new byte[] {(byte) (number >> 8), (byte) number};
  }
}
