package dev.edgehub.store;

/** What became of a move. But for {@link #MOVED} nothing has changed. */
public enum MoveOutcome {
  /** Taken out and appended, as durable as the store's durability promises. */
  MOVED,
  /** An entry to be moved had left its queue already. */
  GONE,
  /** The quota or the disk has no room, not even in the reserve. Try again when space is back. */
  FULL,
  /** The store is closed or has failed for good. */
  CLOSED
}
