package dev.edgehub.store;

/** What an acknowledged write survives. */
public enum Durability {
  /** A power cut: synced to the device before the acknowledgement. */
  DISK,
  /** A kill of the process: handed to the operating system before the acknowledgement. */
  OS,
  /** Nothing but an orderly close: kept in memory until then, as far as it fits. */
  MEMORY
}
