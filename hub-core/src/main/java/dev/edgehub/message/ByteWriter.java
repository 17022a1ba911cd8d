package dev.edgehub.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Appends to a growing byte array: the writing half of {@link MessageCodec}. */
final class ByteWriter {

  private byte[] bytes;
  private int length;

  ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  void u8(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void u64(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  /** Seven bits a byte, lowest first; at least 0. */
  void varint(int value) {
    room(5);
    int rest = value;
    while (rest > 0x7f) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  void text(String text) {
    int chars = text.length();
    room(5 + chars);
    int start = length;
    varint(chars);
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c > 0x7f) {
        length = start;
        raw(text.getBytes(StandardCharsets.UTF_8));
        return;
      }
      bytes[length++] = (byte) c;
    }
  }

  /** The length, then the bytes. */
  void raw(byte[] value) {
    varint(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
