package dev.edgehub.store;

/**
 * The entries of one queue that were committed together, as a reader gets them. Not changed once
 * made; the arrays are shared with readers, who do not write to them.
 *
 * @param first offset of the first entry
 * @param valueBytes size of the stored value
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost each message
record Block(
    long first, StoreClock.Stamp committed, long[] deadlines, byte[][] bodies, int valueBytes) {

  long end() {
    return first + bodies.length;
  }

  Extent extent() {
    return new Extent(first, bodies.length, valueBytes);
  }

  /** Where a block lies: enough to delete it. */
  record Extent(long first, int count, int valueBytes) {
    long end() {
      return first + count;
    }
  }
}
