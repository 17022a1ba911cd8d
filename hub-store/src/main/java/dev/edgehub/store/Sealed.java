package dev.edgehub.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The envelope of every small record: a version byte, the contents, a CRC32C over both. */
final class Sealed {

  private static final byte VERSION = 1;
  private static final int ENVELOPE = 1 + Integer.BYTES;

  private Sealed() {}

  /** A buffer with room for {@code length} bytes of contents; fill it, then {@link #close}. */
  static ByteBuffer open(int length) {
    return ByteBuffer.allocate(ENVELOPE + length).put(VERSION);
  }

  static byte[] close(ByteBuffer record) {
    record.putInt(crc(record.duplicate().flip(), record.position()));
    byte[] bytes = new byte[record.flip().remaining()];
    record.get(bytes);
    return bytes;
  }

  static byte[] seal(byte[] contents) {
    return close(open(contents.length).put(contents));
  }

  /**
   * The contents of a sealed record.
   *
   * @throws StoreException of kind {@code DAMAGED} when it is not what was written
   */
  static ByteBuffer contents(byte[] record, String what) {
    if (record.length < ENVELOPE || record[0] != VERSION) {
      throw damaged(what, "is not a record of this version");
    }
    ByteBuffer all = ByteBuffer.wrap(record);
    if (all.getInt(record.length - Integer.BYTES)
        != crc(all.duplicate(), record.length - Integer.BYTES)) {
      throw damaged(what, "fails its checksum");
    }
    return all.limit(record.length - Integer.BYTES).position(1);
  }

  /** A record whose contents do not add up although the checksum holds. */
  static StoreException malformed(String what, RuntimeException cause) {
    String reason = cause instanceof BufferUnderflowException ? "is too short" : cause.toString();
    return new StoreException(
        StoreException.Kind.DAMAGED, what + " " + reason + "; " + StoreException.ADVICE, cause);
  }

  static StoreException damaged(String what, String reason) {
    return new StoreException(
        StoreException.Kind.DAMAGED, what + " " + reason + "; " + StoreException.ADVICE, null);
  }

  private static int crc(ByteBuffer record, int length) {
    CRC32C crc = new CRC32C();
    crc.update(record.limit(length));
    return (int) crc.getValue();
  }
}
