package dev.edgehub.store;

import java.util.List;

/**
 * Reads one queue in order, from the first entry that is still owed. At most one reader of a queue
 * is open at a time; it is used by one thread at a time, which may be blocked by the disk.
 */
public interface QueueReader extends AutoCloseable {

  /**
   * The next entries, in order, without those already confirmed; empty when the reader has seen
   * everything committed. Entries whose deadline has passed are returned like the others, unless
   * {@link #sweep} was first: the caller confirms them as expired.
   *
   * @param maxEntries at least 1
   * @param maxBytes stop before exceeding this, but return at least one entry when there is one
   * @throws StoreException of kind {@code DAMAGED} when an entry still owed cannot be read, {@code
   *     IO} when the store is closed or being reopened after the disk was full
   * @throws IllegalStateException when this reader is closed
   */
  List<Entry> read(int maxEntries, int maxBytes);

  /**
   * From when on {@link #sweep} may find something; {@link AppendBatch#NEVER} when it will not
   * before another append. Reads no disk; any thread may ask.
   */
  long nextDeadline();

  /**
   * Takes entries out of the queue as expired, wherever they lie behind those that {@link #read}
   * has returned: those are the caller's. When more is due than one call takes, {@link
   * #nextDeadline} has still passed; the caller comes again.
   *
   * @param maxEntries take no more, at least 1
   * @param maxBytes stop reading blocks after so many bytes
   * @return what was taken, for telling others; read never returns it
   * @throws StoreException as {@link #read}
   * @throws IllegalStateException when this reader is closed
   */
  List<Entry> sweep(int maxEntries, int maxBytes);

  /** Ends reading; entries read but not confirmed are seen again by the next reader. */
  @Override
  void close();
}
