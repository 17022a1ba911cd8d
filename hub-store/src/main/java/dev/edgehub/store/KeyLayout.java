package dev.edgehub.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The keys of every family; integers are big-endian so that byte order is queue order. */
final class KeyLayout {

  static final int BLOCK_KEY_BYTES = 12;
  static final int EXPIRY_KEY_BYTES = 20;
  static final byte[] CLOCK = {'c'};

  private static final int MAX_COLLECTION_BYTES = 255;
  private static final int MAX_KEY_BYTES = 4_096;

  private KeyLayout() {}

  static byte[] block(int queue, long firstOffset) {
    return ByteBuffer.allocate(BLOCK_KEY_BYTES).putInt(queue).putLong(firstOffset).array();
  }

  /** In the expiry index a block stands under a deadline; before the epoch is all the same. */
  static byte[] expiry(int queue, long deadline, long firstOffset) {
    return ByteBuffer.allocate(EXPIRY_KEY_BYTES)
        .putInt(queue)
        .putLong(Math.max(0, deadline))
        .putLong(firstOffset)
        .array();
  }

  /** The deadline in a key of the expiry index. */
  static long deadline(byte[] expiryKey) {
    return ByteBuffer.wrap(expiryKey).getLong(4);
  }

  /** The block's first offset in a key of the expiry index. */
  static long expiryFirst(byte[] expiryKey) {
    return ByteBuffer.wrap(expiryKey).getLong(12);
  }

  /** The queue number in a key of a block or of the expiry index. */
  static int queue(byte[] key) {
    return ByteBuffer.wrap(key).getInt();
  }

  /** The offset in a block's key. */
  static long first(byte[] blockKey) {
    return ByteBuffer.wrap(blockKey).getLong(4);
  }

  /** A number of four bytes within a key. */
  static int number(byte[] key, int at) {
    return ByteBuffer.wrap(key).getInt(at);
  }

  static byte[] queueName(int queue) {
    return ByteBuffer.allocate(5).put((byte) 'q').putInt(queue).array();
  }

  static byte[] queueNames() {
    return new byte[] {'q'};
  }

  static byte[] loss(int report) {
    return ByteBuffer.allocate(5).put((byte) 'l').putInt(report).array();
  }

  static byte[] losses() {
    return new byte[] {'l'};
  }

  static byte[] tail(int queue) {
    return ByteBuffer.allocate(5).putInt(queue).put((byte) 't').array();
  }

  static byte[] head(int queue) {
    return ByteBuffer.allocate(5).putInt(queue).put((byte) 'h').array();
  }

  /** What every document key of a collection begins with: its length, then its name. */
  static byte[] collection(String collection) {
    byte[] name = bounded(collection, MAX_COLLECTION_BYTES, "a collection");
    return ByteBuffer.allocate(1 + name.length).put((byte) name.length).put(name).array();
  }

  static byte[] document(String collection, String key) {
    byte[] prefix = collection(collection);
    byte[] name = bounded(key, MAX_KEY_BYTES, "a key");
    return ByteBuffer.allocate(prefix.length + name.length).put(prefix).put(name).array();
  }

  static String documentName(byte[] key, int prefixLength) {
    return new String(key, prefixLength, key.length - prefixLength, StandardCharsets.UTF_8);
  }

  /** A document's name for people, whatever the key holds. */
  static String describeDocument(byte[] key) {
    int length = key.length == 0 ? 0 : Byte.toUnsignedInt(key[0]);
    if (key.length < 1 + length) {
      return "a document with a broken key";
    }
    String collection = new String(key, 1, length, StandardCharsets.UTF_8);
    return "the document " + documentName(key, 1 + length) + " of " + collection;
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    if (key.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (key[i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bounded(String text, int max, String what) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > max) {
      throw new IllegalArgumentException(
          what + " has 1 to " + max + " bytes of UTF-8, not " + bytes.length);
    }
    return bytes;
  }
}
