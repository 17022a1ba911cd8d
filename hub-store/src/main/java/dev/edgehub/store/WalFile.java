package dev.edgehub.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Reads RocksDB's log without RocksDB, which gives up at the first bad record. A log is blocks of
 * 32 KiB with fragments in them, each with a checksum of its own; a fragment that fails it costs
 * the batch it belongs to, not what follows.
 */
final class WalFile {

  private static final int BLOCK_BYTES = 32 * 1024;
  private static final int HEADER_BYTES = 7;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int MIDDLE = 3;
  private static final int LAST = 4;
  private static final int BATCH_HEADER_BYTES = 12;

  // what a batch may hold, of what this store writes
  private static final int DELETE = 0;
  private static final int PUT = 1;
  private static final int FAMILY_DELETE = 4;
  private static final int FAMILY_PUT = 5;

  private final Records into;
  private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
  private boolean inBatch;
  private int damaged;

  /** What is told of each write, in the order of the log. */
  interface Records {
    void put(int family, byte[] key, byte[] value);

    void delete(int family, byte[] key);
  }

  private WalFile(Records into) {
    this.into = into;
  }

  /** Reads a log to its end; returns how many pieces of it were not what was written. */
  static int read(Path file, Records into) throws IOException {
    WalFile reader = new WalFile(into);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[BLOCK_BYTES];
      for (int length = in.readNBytes(block, 0, BLOCK_BYTES);
          length > 0;
          length = in.readNBytes(block, 0, BLOCK_BYTES)) {
        reader.block(block, ByteBuffer.wrap(block, 0, length).order(ByteOrder.LITTLE_ENDIAN));
      }
    }
    return reader.damaged + (reader.inBatch ? 1 : 0);
  }

  private void block(byte[] bytes, ByteBuffer in) {
    while (in.remaining() >= HEADER_BYTES) {
      int crc = in.getInt();
      int length = Short.toUnsignedInt(in.getShort());
      int type = Byte.toUnsignedInt(in.get());
      if (type == 0 && length == 0 && crc == 0) {
        return; // space set aside and not used
      }
      if (length > in.remaining()) {
        damage();
        return;
      }
      boolean good = crc == masked(bytes, in.position(), length);
      if (good) {
        fragment(type, bytes, in.position(), length);
      } else {
        damage(); // the length may still be right: then the next fragment says so
      }
      in.position(in.position() + length);
    }
  }

  private void damage() {
    damaged++;
    inBatch = false;
    batch.reset();
  }

  private void fragment(int type, byte[] bytes, int at, int length) {
    switch (type) {
      case FULL -> {
        begin();
        batch.write(bytes, at, length);
        end();
      }
      case FIRST -> {
        begin();
        batch.write(bytes, at, length);
      }
      case MIDDLE, LAST -> {
        if (!inBatch) {
          return; // its beginning has been counted as damaged
        }
        batch.write(bytes, at, length);
        if (type == LAST) {
          end();
        }
      }
      default -> {} // RocksDB's own notes
    }
  }

  private void begin() {
    if (inBatch) {
      damaged++;
    }
    batch.reset();
    inBatch = true;
  }

  private void end() {
    inBatch = false;
    try {
      batch(ByteBuffer.wrap(batch.toByteArray()).order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      damaged++;
    }
    batch.reset();
  }

  private void batch(ByteBuffer in) {
    in.position(BATCH_HEADER_BYTES);
    while (in.hasRemaining()) {
      int tag = in.get();
      switch (tag) {
        case PUT -> into.put(0, bytes(in), bytes(in));
        case FAMILY_PUT -> into.put(varint(in), bytes(in), bytes(in));
        case DELETE -> into.delete(0, bytes(in));
        case FAMILY_DELETE -> into.delete(varint(in), bytes(in));
        default -> throw new IllegalArgumentException("a write of kind " + tag);
      }
    }
  }

  private static byte[] bytes(ByteBuffer in) {
    int length = varint(in);
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static int varint(ByteBuffer in) {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number that does not end");
  }

  /** RocksDB's checksum of a fragment: over its type and its bytes, rotated. */
  private static int masked(byte[] bytes, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, at - 1, 1 + length);
    int plain = (int) crc.getValue();
    return ((plain >>> 15) | (plain << 17)) + 0xa282ead8;
  }
}
