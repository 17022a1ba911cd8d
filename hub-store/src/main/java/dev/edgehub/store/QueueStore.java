package dev.edgehub.store;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Durable queues of bytes: the only door to them. Every method may be called by any thread.
 * Callbacks run on the store's writer thread and must hand real work elsewhere.
 */
public interface QueueStore {

  /**
   * Adds entries to the ends of their queues, all or none; a queue that does not exist yet is made.
   * Batches of one caller are committed in the order of its calls. Returns at once.
   *
   * @param done told once what became of the batch: on the writer thread, or on this one when the
   *     store has ended
   */
  void append(AppendBatch batch, Consumer<AppendOutcome> done);

  /**
   * Takes entries out of a queue. Offsets already confirmed are ignored. Written unsynced within 50
   * ms or with the next commit: a crash before that repeats the entries, it never loses others.
   *
   * @param ranges in any order, within what was appended
   * @throws IllegalArgumentException when a range goes beyond that
   */
  void confirm(QueueId queue, List<OffsetRange> ranges, Disposition why);

  /**
   * The time that deadlines are in (ms since the epoch): the wall time of the store's first opening
   * and what has passed since. It does not follow steps of the wall clock, and goes on while the
   * machine sleeps or is off.
   */
  long nowMillis();

  /**
   * Opens a reader at the first entry still owed; the queue need not exist yet.
   *
   * @param appended called on the writer thread after each commit to this queue
   * @throws IllegalStateException when the queue has an open reader
   */
  QueueReader reader(QueueId queue, Runnable appended);

  /** Every queue ever appended to, also when it is empty now. */
  Set<QueueId> queues();

  /** The figures of every queue, exact; may read the disk. */
  List<QueueStats> stats();
}
