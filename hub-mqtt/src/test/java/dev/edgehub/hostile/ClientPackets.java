package dev.edgehub.hostile;

import dev.edgehub.mqtt.testing.Packets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One of every packet, as the client {@code edge/m} sends it. */
final class ClientPackets {

  private static final String EVENTS = ServedAllThrough.EVENTS;
  private static final String INPUTS = "devices/edge/modules/m/inputs/#";

  private ClientPackets() {}

  static byte[] connect() {
    return Packets.connect(ServedAllThrough.ID, true, 60);
  }

  /** What can come first. */
  static Map<String, byte[]> first() {
    Map<String, byte[]> packets = new LinkedHashMap<>();
    String user = Packets.userName(ServedAllThrough.ID);
    packets.put("CONNECT", connect());
    packets.put(
        "CONNECT with a will",
        Packets.connect(4, "MQTT", "edge/m", user, true, 60, EVENTS + "a=1", "I have gone"));
    packets.put(
        "CONNECT of MQTT 5", Packets.connect(5, "MQTT", "edge/m", user, true, 60, null, null));
    packets.put(
        "CONNECT of MQTT 3.1", Packets.connect(3, "MQIsdp", "edge/m", null, true, 60, null, null));
    return packets;
  }

  /** What a client sends once it is connected. */
  static Map<String, byte[]> connected() {
    Map<String, byte[]> packets = new LinkedHashMap<>();
    packets.put("PUBLISH of QoS 0", Packets.publish(EVENTS + "a=1", 0, 0, "zero"));
    packets.put("PUBLISH of QoS 1", Packets.publish(EVENTS + "$.on=o&a=1", 1, 7, "one"));
    packets.put("PUBACK", Packets.pubAck(300));
    packets.put("SUBSCRIBE", Packets.subscribe(10, 1, INPUTS, "c/#"));
    packets.put("UNSUBSCRIBE", Packets.unsubscribe(11, "a/b", INPUTS));
    packets.put("PINGREQ", Packets.pingReq());
    packets.put("DISCONNECT", Packets.disconnect());
    return packets;
  }

  /** What no client of IoT Hub sends: a server's packets, those of QoS 2, reserved types. */
  static Map<String, byte[]> foreign() {
    Map<String, byte[]> packets = new LinkedHashMap<>();
    byte[] id = {0, 1};
    packets.put("type 0", Packets.packet(0x00, new byte[0]));
    packets.put("type 15", Packets.packet(0xf0, new byte[0]));
    packets.put("CONNACK", Packets.packet(0x20, new byte[2]));
    packets.put("PUBREC", Packets.packet(0x50, id));
    packets.put("PUBREL", Packets.packet(0x62, id));
    packets.put("PUBCOMP", Packets.packet(0x70, id));
    packets.put("SUBACK", Packets.packet(0x90, new byte[] {0, 1, 0}));
    packets.put("UNSUBACK", Packets.packet(0xb0, id));
    packets.put("PINGRESP", Packets.packet(0xd0, new byte[0]));
    return packets;
  }

  /** Every beginning of a packet that is not the whole. */
  static void eachTruncation(byte[] packet, Consumer<byte[]> each) {
    for (int length = 0; length < packet.length; length++) {
      each.accept(Arrays.copyOf(packet, length));
    }
  }

  /** The packet with one bit flipped, for each bit. */
  static void eachFlip(byte[] packet, Consumer<byte[]> each) {
    for (int bit = 0; bit < packet.length * 8; bit++) {
      byte[] copy = packet.clone();
      copy[bit / 8] ^= (byte) (1 << (bit % 8));
      each.accept(copy);
    }
  }
}
