package dev.edgehub.store;

/** Why an entry left its queue. Each entry leaves once, for one reason. */
public enum Disposition {
  /** The sink has taken it. */
  DELIVERED,
  /** Its deadline passed. */
  EXPIRED,
  /** Removed by policy, to make room for others. */
  EVICTED,
  /** Proven to be something its sink never takes; kept in a queue of such messages. */
  DEAD_LETTERED,
  /** Dropped by an operator's command, or because it could not be read as a message. */
  DROPPED,
  /** Moved to another queue of this store, where it is owed and counted as any other. */
  MOVED
}
