package dev.edgehub.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Blocks as bytes. A value is a header, then per entry its deadline, length and bytes, then a
 * CRC32C over the key and all of it. Bytes from the disk are treated as hostile: no length is
 * believed beyond the value it stands in.
 */
final class BlockCodec {

  static final byte VERSION = 1;

  /** Version, count, min and max deadline, moment of the commit. */
  static final int HEADER_BYTES = 1 + 4 + 8 + 8 + 8;

  /** What an entry costs beside its body: deadline and length. */
  static final int ENTRY_BYTES = 8 + 4;

  static final int CRC_BYTES = 4;

  private static final int COUNT_AT = 1;
  private static final int EARLIEST_AT = 1 + 4;
  private static final int COMMITTED_AT = 1 + 4 + 8 + 8;

  private BlockCodec() {}

  /** The header of a value: what can be said without reading the entries. */
  record Header(int count, long earliest, long committedMillis) {

    Block.Extent extent(long first, int valueBytes) {
      return new Block.Extent(first, count, valueBytes, earliest);
    }
  }

  /** Reads the header; the checksum is not looked at. */
  static Header header(ByteBuffer value, String what) {
    if (value.remaining() < HEADER_BYTES) {
      throw Sealed.damaged(what, "is too short");
    }
    int at = value.position();
    if (value.get(at) != VERSION) {
      throw Sealed.damaged(what, "is of unknown version " + value.get(at));
    }
    int count = value.getInt(at + COUNT_AT);
    if (count <= 0) {
      throw Sealed.damaged(what, "claims " + count + " entries");
    }
    return new Header(count, value.getLong(at + EARLIEST_AT), value.getLong(at + COMMITTED_AT));
  }

  /**
   * Reads a whole block.
   *
   * @throws StoreException of kind {@code DAMAGED} when anything of it is not as it was written
   */
  static Block decode(int queue, long first, byte[] value) {
    String what = describe(queue, first);
    ByteBuffer in = ByteBuffer.wrap(value);
    Header header = header(in, what);
    int entriesEnd = value.length - CRC_BYTES;
    if (value.length < HEADER_BYTES + CRC_BYTES
        || header.count() > (entriesEnd - HEADER_BYTES) / ENTRY_BYTES) {
      throw Sealed.damaged(what, "claims more entries than it can hold");
    }
    if (in.getInt(entriesEnd) != crc(queue, first, in.limit(entriesEnd))) {
      throw Sealed.damaged(what, "fails its checksum");
    }
    in.position(HEADER_BYTES);
    long[] deadlines = new long[header.count()];
    byte[][] bodies = new byte[header.count()][];
    for (int i = 0; i < bodies.length; i++) {
      if (in.remaining() < ENTRY_BYTES) {
        throw Sealed.damaged(what, "ends inside entry " + i);
      }
      deadlines[i] = in.getLong();
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw Sealed.damaged(what, "claims " + length + " bytes for entry " + i);
      }
      bodies[i] = new byte[length];
      in.get(bodies[i]);
    }
    if (in.hasRemaining()) {
      throw Sealed.damaged(what, "has bytes after its last entry");
    }
    return new Block(
        first, header.committedMillis(), header.earliest(), deadlines, bodies, value.length);
  }

  static String describe(int queue, long first) {
    return "the block of queue number " + queue + " at offset " + first;
  }

  /** Over the key and the bytes from 0 to the limit: a block under the wrong key fails, too. */
  static int crc(int queue, long first, ByteBuffer value) {
    CRC32C crc = new CRC32C();
    crc.update(KeyLayout.block(queue, first));
    crc.update(value.duplicate().position(0));
    return (int) crc.getValue();
  }
}
