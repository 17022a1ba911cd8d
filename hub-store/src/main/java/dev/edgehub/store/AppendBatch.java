package dev.edgehub.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entries that become durable together or not at all. Filled by one thread, then handed to {@link
 * QueueStore#append} and not touched again; the byte arrays belong to the store from then on.
 */
public final class AppendBatch {

  /** The deadline of an entry that is kept for ever. */
  public static final long NEVER = Long.MAX_VALUE;

  /** No limit on what a queue holds. */
  public static final long NO_LIMIT = 0;

  private final List<Item> items = new ArrayList<>();
  private final Set<Limit> limits = new LinkedHashSet<>();
  private @Nullable QueueId lastQueue;
  private @Nullable Limit lastLimit;
  private int queueRuns;
  private int leastImportant;
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
    if (!queue.equals(lastQueue)) {
      lastQueue = queue;
      queueRuns++;
      leastImportant = Math.max(leastImportant, queue.priority());
    }
  }

  /**
   * Adds an entry at the end of a queue that may not hold any number of bytes. Entries with other
   * limits, or none, may go to the same queue: each is judged by its own.
   *
   * @param maxQueueBytes the batch is only taken while the queue holds fewer bytes than this, at
   *     least 1, or {@link #NO_LIMIT}
   */
  public void add(QueueId queue, long deadlineMillis, byte[] body, long maxQueueBytes) {
    if (maxQueueBytes < 0) {
      throw new IllegalArgumentException("a limit is at least 1 byte, not " + maxQueueBytes);
    }
    add(queue, deadlineMillis, body);
    Limit last = lastLimit;
    if (maxQueueBytes != NO_LIMIT
        && (last == null || last.maxBytes != maxQueueBytes || !last.queue.equals(queue))) {
      lastLimit = new Limit(queue, maxQueueBytes);
      limits.add(lastLimit);
    }
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

  /** How often the queue changes from one entry to the next: at least how many queues there are. */
  int queueRuns() {
    return queueRuns;
  }

  /** The numerically highest priority of its entries. */
  int leastImportant() {
    return leastImportant;
  }

  /** What the queues of its entries may hold, as far as that is limited; each limit once. */
  Set<Limit> limits() {
    return Collections.unmodifiableSet(limits);
  }

  /**
   * An entry goes to a queue only while that holds fewer bytes than this.
   *
   * @param maxBytes at least 1
   */
  record Limit(QueueId queue, long maxBytes) {}

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
