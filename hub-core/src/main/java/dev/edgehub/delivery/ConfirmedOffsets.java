package dev.edgehub.delivery;

import dev.edgehub.store.OffsetRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Offsets to be confirmed, gathered in any order and handed over as ranges. */
final class ConfirmedOffsets {

  private long[] offsets = new long[64];
  private int size;

  void add(long offset) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * size);
    }
    offsets[size++] = offset;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The offsets as ranges in order, each as long as it can be; empties the collection. */
  List<OffsetRange> drain() {
    List<OffsetRange> ranges = new ArrayList<>();
    Arrays.sort(offsets, 0, size);
    for (int i = 0; i < size; ) {
      long from = offsets[i];
      long to = from + 1;
      for (i++; i < size && offsets[i] <= to; i++) {
        to = Math.max(to, offsets[i] + 1);
      }
      ranges.add(new OffsetRange(from, to));
    }
    size = 0;
    return ranges;
  }
}
