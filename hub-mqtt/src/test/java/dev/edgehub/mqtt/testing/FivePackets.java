package dev.edgehub.mqtt.testing;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Client packets of MQTT 5 as bytes, put together by hand from its chapters 2 and 3. */
public final class FivePackets {

  private FivePackets() {}

  /** Properties behind their length. */
  public static byte[] properties(byte[]... properties) {
    byte[] all = Packets.join(properties);
    byte[] packet = Packets.packet(0, all);
    byte[] out = new byte[packet.length - 1];
    System.arraycopy(packet, 1, out, 0, out.length);
    return out;
  }

  /** A property with its value in hexadecimal digits. */
  public static byte[] property(int id, String hex) {
    return Packets.join(new byte[] {(byte) id}, HexFormat.of().parseHex(hex));
  }

  public static byte[] textProperty(int id, String text) {
    return Packets.join(new byte[] {(byte) id}, text(text));
  }

  public static byte[] userProperty(String name, String value) {
    return Packets.join(new byte[] {0x26}, text(name), text(value));
  }

  /** CONNECT with a clean start. */
  public static byte[] connect(String id, byte[] properties) {
    return Packets.packet(
        0x10,
        Packets.join(
            text("MQTT"),
            new byte[] {5, (byte) 0x82, 0, 60},
            properties,
            text(id),
            text(Packets.userName(id))));
  }

  /** CONNECT with a clean start and a will of QoS 1. */
  public static byte[] connect(String id, byte[] willProperties, String willTopic, String will) {
    return Packets.packet(
        0x10,
        Packets.join(
            text("MQTT"),
            new byte[] {5, (byte) 0x8e, 0, 60, 0},
            text(id),
            willProperties,
            text(willTopic),
            text(will),
            text(Packets.userName(id))));
  }

  /** PUBLISH of QoS 1. */
  public static byte[] publish(String topic, int id, byte[] properties, String payload) {
    return Packets.packet(
        0x32,
        Packets.join(
            text(topic), number(id), properties, payload.getBytes(StandardCharsets.UTF_8)));
  }

  public static byte[] subscribe(int id, byte[] properties, int options, String filter) {
    return Packets.packet(
        0x82, Packets.join(number(id), properties, text(filter), new byte[] {(byte) options}));
  }

  public static byte[] unsubscribe(int id, byte[] properties, String filter) {
    return Packets.packet(0xa2, Packets.join(number(id), properties, text(filter)));
  }

  public static byte[] disconnect(int reason, byte[] properties) {
    return Packets.packet(0xe0, Packets.join(new byte[] {(byte) reason}, properties));
  }

  public static byte[] pubAck(int id, int reason, byte[] properties) {
    return Packets.packet(0x40, Packets.join(number(id), new byte[] {(byte) reason}, properties));
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return Packets.join(number(utf8.length), utf8);
  }

  private static byte[] number(int number) {
    return new byte[] {(byte) (number >> 8), (byte) number};
  }
}
