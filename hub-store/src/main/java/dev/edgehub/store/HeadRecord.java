package dev.edgehub.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What has left a queue, as it is persisted.
 *
 * @param removedBytes bytes of all blocks deleted
 * @param prefix every offset below it has left
 * @param above what has left beyond the prefix, ascending and apart
 */
record HeadRecord(Departures left, long removedBytes, long prefix, List<OffsetRange> above) {

  static final HeadRecord EMPTY = new HeadRecord(Departures.NONE, 0, 0, List.of());

  HeadRecord {
    above = List.copyOf(above);
  }

  OffsetRanges confirmed() {
    return new OffsetRanges(prefix, above);
  }

  byte[] encode() {
    ByteBuffer record = Sealed.open(Departures.BYTES + 8 * 2 + 4 + 16 * above.size());
    left.put(record);
    record.putLong(removedBytes).putLong(prefix).putInt(above.size());
    above.forEach(range -> record.putLong(range.from()).putLong(range.to()));
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
      Departures left = Departures.get(in);
      long removedBytes = in.getLong();
      long prefix = in.getLong();
      int count = in.getInt();
      List<OffsetRange> above = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        above.add(new OffsetRange(in.getLong(), in.getLong()));
      }
      HeadRecord head = new HeadRecord(left, removedBytes, prefix, above);
      if (left.total() != head.confirmed().size()) {
        throw Sealed.damaged(what, "counts other entries than it names");
      }
      return head;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw Sealed.malformed(what, e);
    }
  }
}
