package dev.edgehub.store;

/** What became of a write. */
public enum AppendOutcome {
  /** As durable as the store's durability promises. */
  DURABLE,
  /** Nothing of it was kept: the quota or the disk has no room. Try again when space is back. */
  FULL,
  /** Nothing of it was kept: the store is closed or has failed for good. */
  CLOSED
}
