package dev.edgehub.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote; stops at the first thing that does not fit. */
final class ByteReader {

  private final byte[] bytes;
  private int at;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int u8() throws UnreadableMessageException {
    need(1);
    return bytes[at++] & 0xff;
  }

  long u64() throws UnreadableMessageException {
    need(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = (value << 8) | (bytes[at++] & 0xff);
    }
    return value;
  }

  int varint() throws UnreadableMessageException {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = u8();
      value |= (next & 0x7f) << shift;
      if (next < 0x80) {
        if (value < 0) {
          break;
        }
        return value;
      }
    }
    throw new UnreadableMessageException("a length is out of range at byte " + at);
  }

  String text() throws UnreadableMessageException {
    int length = varint();
    need(length);
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  byte[] raw() throws UnreadableMessageException {
    int length = varint();
    need(length);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  private void need(int length) throws UnreadableMessageException {
    if (bytes.length - at < length) {
      throw new UnreadableMessageException(
          "expected " + length + " more bytes at byte " + at + ", found " + (bytes.length - at));
    }
  }
}
