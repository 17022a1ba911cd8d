package dev.edgehub.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The confirmed offsets of one queue: everything below a prefix, and disjoint ranges above it that
 * never touch each other nor the prefix. Not thread-safe.
 */
final class OffsetRanges {

  private final TreeMap<Long, Long> above = new TreeMap<>();
  private long prefix;
  private long size;

  OffsetRanges() {}

  /** Rebuilt from what was persisted; the ranges must be ascending and apart. */
  OffsetRanges(long prefix, List<OffsetRange> above) {
    this.prefix = prefix;
    size = prefix;
    long end = prefix;
    for (OffsetRange range : above) {
      if (range.from() <= end) {
        throw new IllegalArgumentException("confirmed ranges are not ascending and apart");
      }
      this.above.put(range.from(), range.to());
      size += range.to() - range.from();
      end = range.to();
    }
  }

  /** Adds the offsets from {@code from} to {@code to}, exclusive; returns how many were new. */
  long add(long from, long to) {
    long start = Math.max(from, prefix);
    if (start >= to) {
      return 0;
    }
    long low = start;
    long high = to;
    long known = 0;
    Map.Entry<Long, Long> left = above.floorEntry(start);
    if (left != null && left.getValue() >= start) {
      above.remove(left.getKey());
      known += Math.min(left.getValue(), to) - start;
      low = left.getKey();
      high = Math.max(high, left.getValue());
    }
    for (Map.Entry<Long, Long> next = above.ceilingEntry(start);
        next != null && next.getKey() <= to;
        next = above.ceilingEntry(start)) {
      above.remove(next.getKey());
      known += Math.min(next.getValue(), to) - next.getKey();
      high = Math.max(high, next.getValue());
    }
    if (low == prefix) {
      prefix = high;
    } else {
      above.put(low, high);
    }
    long fresh = to - start - known;
    size += fresh;
    return fresh;
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return size == 0;
  }

  /** Whether every offset from {@code from} to {@code to}, exclusive, is confirmed. */
  boolean covers(long from, long to) {
    return nextOwed(from) >= to;
  }

  /** The first offset at or after {@code offset} that is not confirmed. */
  long nextOwed(long offset) {
    if (offset < prefix) {
      return prefix;
    }
    Map.Entry<Long, Long> range = above.floorEntry(offset);
    return range == null ? offset : Math.max(offset, range.getValue());
  }

  /** The first offset at or after {@code offset}, below {@code limit}, that is confirmed. */
  long endOfOwed(long offset, long limit) {
    Map.Entry<Long, Long> range = above.ceilingEntry(offset);
    return range == null ? limit : Math.min(limit, range.getKey());
  }

  /** The first offset that is not confirmed. */
  long prefix() {
    return prefix;
  }

  /** The offset after the last one that is confirmed. */
  long end() {
    return above.isEmpty() ? prefix : above.lastEntry().getValue();
  }

  /** How many offsets are confirmed. */
  long size() {
    return size;
  }

  /** The ranges above the prefix, ascending. */
  List<OffsetRange> above() {
    List<OffsetRange> ranges = new ArrayList<>(above.size());
    above.forEach((from, to) -> ranges.add(new OffsetRange(from, to)));
    return ranges;
  }
}
