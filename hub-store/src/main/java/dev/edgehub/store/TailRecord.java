package dev.edgehub.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The end of a queue as it is persisted.
 *
 * @param next the offset after the last entry
 * @param appendedBytes bytes of all blocks ever written
 */
record TailRecord(long next, long appendedBytes) {

  static final TailRecord EMPTY = new TailRecord(0, 0);

  byte[] encode() {
    return Sealed.close(Sealed.open(16).putLong(next).putLong(appendedBytes));
  }

  /**
   * Reads a record.
   *
   * @throws StoreException of kind {@code DAMAGED} when it is not what was written
   */
  static TailRecord decode(byte[] record, String owner) {
    String what = "the tail record of " + owner;
    try {
      ByteBuffer in = Sealed.contents(record, what);
      TailRecord tail = new TailRecord(in.getLong(), in.getLong());
      if (tail.next < 0 || tail.appendedBytes < 0) {
        throw Sealed.damaged(what, "holds a negative number");
      }
      return tail;
    } catch (BufferUnderflowException e) {
      throw Sealed.malformed(what, e);
    }
  }
}
