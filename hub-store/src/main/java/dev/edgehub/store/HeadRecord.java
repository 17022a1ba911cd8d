package dev.edgehub.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What has left a queue, as it is persisted.
 *
 * @param lost entries that damage has taken; written only when there are any, so that the record of
 *     a store that never lost anything is what it always was
 * @param removedBytes bytes of all blocks deleted
 * @param prefix every offset below it has left
 * @param above what has left beyond the prefix, ascending and apart
 */
record HeadRecord(
    long delivered,
    long expired,
    long dropped,
    long lost,
    long removedBytes,
    long prefix,
    List<OffsetRange> above) {

  static final HeadRecord EMPTY = new HeadRecord(0, 0, 0, 0, 0, 0, List.of());

  HeadRecord {
    above = List.copyOf(above);
  }

  /** How many entries have left. */
  long left() {
    return delivered + expired + dropped + lost;
  }

  OffsetRanges confirmed() {
    return new OffsetRanges(prefix, above);
  }

  byte[] encode() {
    int lostBytes = lost == 0 ? 0 : Long.BYTES;
    ByteBuffer record = Sealed.open(8 * 5 + 4 + 16 * above.size() + lostBytes);
    record.putLong(delivered).putLong(expired).putLong(dropped);
    record.putLong(removedBytes).putLong(prefix).putInt(above.size());
    above.forEach(range -> record.putLong(range.from()).putLong(range.to()));
    if (lost != 0) {
      record.putLong(lost);
    }
    return Sealed.close(record);
  }

  /**
   * Reads a record.
   *
   * @throws StoreException of kind {@code DAMAGED} when it is not what was written
   */
  static HeadRecord decode(byte[] record, String owner) {
    String what = "the head record of " + owner;
    try {
      ByteBuffer in = Sealed.contents(record, what);
      long delivered = in.getLong();
      long expired = in.getLong();
      long dropped = in.getLong();
      long removedBytes = in.getLong();
      long prefix = in.getLong();
      int count = in.getInt();
      List<OffsetRange> above = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        above.add(new OffsetRange(in.getLong(), in.getLong()));
      }
      long lost = in.hasRemaining() ? in.getLong() : 0;
      HeadRecord head =
          new HeadRecord(delivered, expired, dropped, lost, removedBytes, prefix, above);
      if (head.left() != head.confirmed().size()) {
        throw Sealed.damaged(what, "counts other entries than it names");
      }
      return head;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw Sealed.malformed(what, e);
    }
  }
}
