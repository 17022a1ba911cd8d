package dev.edgehub.hub;

/** What became of a batch of published messages. */
public enum PublishOutcome {
  /** Every message is in every queue it was routed to, as durable as configured. */
  STORED,
  /** Nothing of it was kept: no room. The batch may be published again. */
  FULL,
  /** Nothing of it was kept: the hub is stopping or its store has failed. */
  CLOSED
}
