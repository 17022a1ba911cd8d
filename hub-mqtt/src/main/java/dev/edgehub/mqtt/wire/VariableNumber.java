package dev.edgehub.mqtt.wire;

import io.netty.buffer.ByteBuf;

/** The variable byte integer (MQTT 5, 1.5.5; in 3.1.1 the form of the remaining length). */
final class VariableNumber {

  /** The largest one. */
  static final int MAX = 268_435_455;

  private VariableNumber() {}

  /** How many bytes it takes, 1 to 4. */
  static int size(int number) {
    return number < 0x80 ? 1 : number < 0x4000 ? 2 : number < 0x20_0000 ? 3 : 4;
  }

  static void write(int number, ByteBuf out) {
    int rest = number;
    while (rest > 0x7f) {
      out.writeByte(rest | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }
}
