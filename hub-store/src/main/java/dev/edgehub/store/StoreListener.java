package dev.edgehub.store;

/** Typed telemetry of the store. Called on the writer thread; must return quickly. */
public interface StoreListener {

  /** Nobody listens. */
  StoreListener NONE = new StoreListener() {};

  /**
   * A group was committed.
   *
   * @param entries queue entries in it
   * @param bytes bytes of their bodies
   * @param commitNanos time of the write including its sync (ns)
   */
  default void committed(int entries, long bytes, long commitNanos) {}

  /** Writes are refused because there is no room; told once per incident. */
  default void full(String why) {}

  /** There is room again. */
  default void spaceReturned() {}

  /** Entries are removed to make room for others; told once per incident. */
  default void evicting(String why) {}

  /**
   * Entries have been removed from a queue to make room; told after the commit that removed them.
   *
   * @param entries how many were still owed, at least 1
   * @param bytes of the blocks that held them
   */
  default void evicted(QueueId queue, long entries, long bytes) {}

  /**
   * There is room again without removing anything.
   *
   * @param entries removed in this incident
   * @param bytes of the blocks that held them
   */
  default void evictionEnded(long entries, long bytes) {}

  /**
   * A queue holds as much as the entries meant for it allow: they are refused, or remove its oldest
   * ones, as the store's policy says; told once per incident.
   */
  default void queueFull(QueueId queue, String why) {}

  /**
   * A queue has room again.
   *
   * @param evicted how many of its entries had to go in this incident
   */
  default void queueSpaceReturned(QueueId queue, long evicted) {}

  /** The store has failed for good: nothing is acknowledged from now on. Told once. */
  default void failed(StoreException failure) {}

  /**
   * The files are damaged, and what can be read is being copied, which takes time with the size of
   * the store; {@link #lost} comes after it. Told at once and then at most once a second, while the
   * store opens, on the thread that opens it.
   *
   * @param progress what is being done and how far it is, for people
   */
  default void salvaging(String progress) {}

  /**
   * Damage was found and repaired; what it cost is in the report. Told while the store opens, on
   * the thread that opens it, or later on the writer thread.
   */
  default void lost(LossReport report) {}

  /**
   * The wall clock was stepped. Entries committed in this run of the machine keep the time they had
   * left.
   *
   * @param stepMillis how far it is off since the store was opened (ms); negative: set back
   */
  default void clockStepped(long stepMillis) {}

  /** A callback threw; the store goes on. */
  default void callbackFailed(Throwable thrown) {}
}
