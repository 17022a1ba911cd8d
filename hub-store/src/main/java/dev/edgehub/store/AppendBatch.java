package dev.edgehub.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Entries that become durable together or not at all. Filled by one thread, then handed to {@link
 * QueueStore#append} and not touched again; the byte arrays belong to the store from then on.
 */
public final class AppendBatch {

  /** The deadline of an entry that is kept for ever. */
  public static final long NEVER = Long.MAX_VALUE;

  private final List<Item> items = new ArrayList<>();
  private long bytes;

  // the writer thread's, once handed over
  private @Nullable AppendBatch earlier;
  private boolean refused;

  /**
   * Adds an entry at the end of a queue.
   *
   * @param deadlineMillis moment after which the entry is no longer owed, by {@link
   *     QueueStore#nowMillis}, or {@link #NEVER}
   * @param body the entry, kept as it is
   */
  public void add(QueueId queue, long deadlineMillis, byte[] body) {
    items.add(new Item(queue, deadlineMillis, body));
    bytes += body.length;
  }

  /**
   * Keeps the order of a caller's batches when the store is full: this one is refused, too, while
   * {@code before} is refused and has not been taken since. Called before this one is handed over.
   */
  public void follow(AppendBatch before) {
    earlier = before;
  }

  /** Whether a batch that must come first is still refused; writer thread only. */
  boolean isHeldUp() {
    if (earlier != null && !earlier.refused) {
      earlier = null; // a chain of batches must not keep them all in memory
    }
    return earlier != null;
  }

  /** Whether the writer has refused it; writer thread only. */
  void refused(boolean now) {
    refused = now;
  }

  /** How many entries were added. */
  public int size() {
    return items.size();
  }

  /** The sum of the entries' lengths, in bytes. */
  public long bytes() {
    return bytes;
  }

  List<Item> items() {
    return Collections.unmodifiableList(items);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost each message
  record Item(QueueId queue, long deadlineMillis, byte[] body) {
    Item {
      Objects.requireNonNull(queue, "queue");
      Objects.requireNonNull(body, "body");
    }
  }
}
