package dev.edgehub.store;

/** Offsets {@code from} (inclusive) to {@code to} (exclusive) of one queue; never empty. */
public record OffsetRange(long from, long to) {
  public OffsetRange {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("not a range of offsets: " + from + " to " + to);
    }
  }

  @Override
  public String toString() {
    return from + ".." + (to - 1);
  }
}
