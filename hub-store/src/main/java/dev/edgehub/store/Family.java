package dev.edgehub.store;

import java.nio.charset.StandardCharsets;

/**
 * The column families. Numbers and names are part of the format: never reused, never renamed; a
 * retired family keeps its line.
 */
enum Family {
  /** Format version, names of queues, the last moment seen. */
  META(1, "default"),
  /** Blocks of queue entries. */
  BLOCK(2, "block"),
  /** Two records per queue: its tail and its head. */
  CHECKPOINT(3, "checkpoint"),
  /** Documents. */
  DOCUMENT(4, "document"),
  /** Which blocks to look at when for entries whose deadline has passed. */
  EXPIRY(5, "expiry");

  private final int number;
  private final String label;

  Family(int number, String label) {
    this.number = number;
    this.label = label;
  }

  int number() {
    return number;
  }

  byte[] label() {
    return label.getBytes(StandardCharsets.US_ASCII);
  }
}
