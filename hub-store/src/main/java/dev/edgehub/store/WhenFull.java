package dev.edgehub.store;

/** What becomes of an append that there is no room for. */
public enum WhenFull {
  /** It is refused; everything that was kept stays. */
  REJECT,
  /** The oldest blocks of all queues make room for it. */
  DROP_OLDEST,
  /**
   * The oldest blocks of the least important queues make room for it, as long as they are not more
   * important than it is; else it is refused.
   */
  DROP_LOWEST_PRIORITY
}
