package dev.edgehub.store;

/**
 * The entries of one queue that were committed together, as a reader gets them. Not changed once
 * made; the arrays are shared with readers, who do not write to them.
 *
 * @param first offset of the first entry
 * @param committedMillis moment of the commit, in the store's time (ms)
 * @param earliest the earliest deadline of an entry, {@link AppendBatch#NEVER} when there is none
 * @param deadlines in the store's time (ms)
 * @param valueBytes size of the stored value
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost each message
record Block(
    long first,
    long committedMillis,
    long earliest,
    long[] deadlines,
    byte[][] bodies,
    int valueBytes) {

  long end() {
    return first + bodies.length;
  }

  Extent extent() {
    return new Extent(first, bodies.length, valueBytes, earliest);
  }

  Entry entry(int index) {
    return new Entry(first + index, committedMillis, deadlines[index], bodies[index]);
  }

  /** Where a block lies, and where it stands in the expiry index: enough to delete it. */
  record Extent(long first, int count, int valueBytes, long earliest) {
    long end() {
      return first + count;
    }
  }
}
