package dev.edgehub.delivery;

import java.util.HashMap;
import java.util.Map;

/**
 * Where reading a queue was broken off: what was confirmed a moment ago may still be there when it
 * is read again, and must not be delivered twice.
 */
final class Bookmark {

  /** What is still owed below the mark, or was tried, with the number of attempts. */
  private final Map<Long, Integer> owed = new HashMap<>();

  /** Nothing beyond it has left, but for what the store knows of. */
  private final long mark;

  /** At the beginning. */
  Bookmark() {
    this(0);
  }

  private Bookmark(long mark) {
    this.mark = mark;
  }

  /**
   * A bookmark further on; what was read since and is still owed has to be told.
   *
   * @param readEnd everything below it was read
   * @param leftEnd nothing beyond it has left
   */
  Bookmark at(long readEnd, long leftEnd) {
    Bookmark next = new Bookmark(Math.max(mark, leftEnd));
    owed.forEach(
        (offset, attempts) -> {
          if (offset >= readEnd) {
            next.owed.put(offset, attempts);
          }
        });
    return next;
  }

  /** A message that was read is still owed. */
  void owed(QueuedMessage message) {
    if (message.offset() < mark || message.tried()) {
      owed.put(message.offset(), message.attempts());
    }
  }

  /** A message that was not read here is still owed, after so many attempts. */
  void owed(long offset, int attempts) {
    owed.put(offset, attempts);
  }

  /** Whether the entry there needs nothing more. */
  boolean hasLeft(long offset) {
    return offset < mark && !owed.containsKey(offset);
  }

  /** How often the entry there was tried. */
  int attempts(long offset) {
    return owed.getOrDefault(offset, 0);
  }
}
