package dev.edgehub.store;

/** Why an entry left its queue. Each entry leaves once, for one reason. */
public enum Disposition {
  /** The sink has taken it. */
  DELIVERED,
  /** Its deadline passed. */
  EXPIRED,
  /** Dropped by an operator's command or by policy. */
  DROPPED
}
