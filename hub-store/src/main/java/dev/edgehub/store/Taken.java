package dev.edgehub.store;

import java.util.ArrayList;
import java.util.List;

/**
 * What sweeps have taken out of one queue and the writer thread has not counted yet: no reader
 * returns it again, also not the next one. Small, for the writer comes within its turn. Any thread.
 */
final class Taken {

  private final QueueState queue;
  private OffsetRanges ranges = new OffsetRanges();
  private volatile boolean isEmpty = true;

  Taken(QueueState queue) {
    this.queue = queue;
  }

  /** As in {@link QueueState}, without what was taken. */
  long nextOwed(long offset) {
    return isEmpty ? queue.nextOwed(offset) : nextOfBoth(offset);
  }

  private synchronized long nextOfBoth(long offset) {
    long at = queue.nextOwed(offset);
    for (long free = ranges.nextOwed(at); free != at; free = ranges.nextOwed(at)) {
      at = queue.nextOwed(free);
    }
    return at;
  }

  /** As in {@link QueueState}, without what was taken. */
  long endOfOwed(long offset, long limit) {
    long end = queue.endOfOwed(offset, limit);
    return isEmpty ? end : endOfBoth(offset, end);
  }

  private synchronized long endOfBoth(long offset, long end) {
    return ranges.endOfOwed(offset, end);
  }

  synchronized void add(List<OffsetRange> swept) {
    isEmpty = false;
    swept.forEach(range -> ranges.add(range.from(), range.to()));
  }

  synchronized void forgetCounted() {
    if (isEmpty) {
      return;
    }
    List<OffsetRange> all = new ArrayList<>(ranges.above());
    if (ranges.prefix() > 0) {
      all.add(new OffsetRange(0, ranges.prefix()));
    }
    ranges = new OffsetRanges();
    for (OffsetRange range : all) {
      if (queue.nextOwed(range.from()) < range.to()) {
        ranges.add(range.from(), range.to());
      }
    }
    isEmpty = ranges.isEmpty();
  }
}
