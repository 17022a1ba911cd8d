package dev.edgehub.delivery;

import dev.edgehub.store.Entry;
import dev.edgehub.store.QueueReader;
import dev.edgehub.store.StoreException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a lane's queue what expires before it is read. Bounded per turn, so that other sinks
 * get theirs, and in time, so that a block of a thousand deadlines is not read a thousand times.
 * Belongs to the pump's executor, but for {@link #isNews}.
 */
final class Sweeps {

  /** The next sweep of a queue that was swept clean comes no earlier. */
  static final long APART_MILLIS = 250;

  private static final int ENTRIES_PER_TURN = 1_024;
  private static final int BYTES_PER_TURN = 1 << 20;
  private static final long AFTER_TROUBLE_MILLIS = 5_000;

  private final QueueReader reader;
  private final Consumer<Entry> expired;
  private long notBefore;
  private @Nullable String trouble;

  /** When the pump will come anyway. */
  private volatile long watched = Alarm.NEVER;

  Sweeps(QueueReader reader, Consumer<Entry> expired) {
    this.reader = reader;
    this.expired = expired;
  }

  /** Sweeps if something may be due; true when there is more. */
  boolean run(long now) {
    if (now < notBefore || now < reader.nextDeadline()) {
      return false;
    }
    try {
      reader.sweep(ENTRIES_PER_TURN, BYTES_PER_TURN).forEach(expired);
      trouble = null;
    } catch (StoreException e) {
      trouble = e.getMessage();
      notBefore = now + AFTER_TROUBLE_MILLIS;
      return false;
    }
    if (reader.nextDeadline() <= now) {
      return true;
    }
    notBefore = now + APART_MILLIS;
    return false;
  }

  /** When to come again. */
  long next() {
    watched = Alarm.NEVER; // what is committed from here on wakes the pump, or is seen below
    long next = reader.nextDeadline();
    if (next != Alarm.NEVER) {
      next = Math.max(next, notBefore);
    }
    watched = next;
    return next;
  }

  /** Whether a commit brought something that is due before the pump comes; any thread. */
  boolean isNews() {
    return reader.nextDeadline() < watched;
  }

  /** Why the last sweep failed; null when it did not. */
  @Nullable String trouble() {
    return trouble;
  }
}
