package dev.edgehub.store;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Durable queues of bytes: the only door to them. Every method may be called by any thread.
 * Callbacks run on the store's writer thread and must hand real work elsewhere.
 */
public interface QueueStore {

  /** Entries that one move takes at most. */
  int MOST_MOVED = 1_024;

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

  /** A moment of {@link #nowMillis} by the wall clock as it goes now; for ever stays for ever. */
  long wallMillis(long millis);

  /**
   * Takes entries out of a queue, too, and tells how many of them were still owed once that is as
   * durable as the store promises. Offsets already confirmed are ignored and not counted. When the
   * disk is full it is done as soon as there is room.
   *
   * @param ranges as for {@link #confirm}
   * @param done told once, on the writer thread, or on this one when the store has ended
   * @throws IllegalArgumentException when a range goes beyond what was appended
   */
  void remove(QueueId queue, List<OffsetRange> ranges, Disposition why, Consumer<Removal> done);

  /**
   * Takes entries out of one queue and appends others to the ends of queues, in one write: a crash
   * leaves both or neither. Nothing happens when one of the entries has left already. It works
   * while the store is full, as long as a reserve for such things lasts. Each move is a commit of
   * its own.
   *
   * @param ranges ascending and apart, at most {@value #MOST_MOVED} entries, within what was
   *     appended
   * @param into what to append; the byte arrays belong to the store from now on
   * @param done told once, on the writer thread, or on this one when the store has ended
   * @throws IllegalArgumentException when the ranges are not like that
   */
  void move(
      QueueId from,
      List<OffsetRange> ranges,
      Disposition why,
      AppendBatch into,
      Consumer<MoveOutcome> done);

  /**
   * Opens a reader at the first entry still owed; the queue need not exist yet.
   *
   * @param appended called on the writer thread after each commit to this queue
   * @throws IllegalStateException when the queue has an open reader
   */
  QueueReader reader(QueueId queue, Runnable appended);

  /** The figures of one queue, all 0 when nothing was ever appended to it; may read the disk. */
  QueueStats stats(QueueId queue);

  /** Every queue ever appended to, also when it is empty now. */
  Set<QueueId> queues();

  /** The figures of every queue, exact; may read the disk. */
  List<QueueStats> stats();
}
