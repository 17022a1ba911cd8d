package dev.edgehub.store;

import java.time.InstantSource;
import java.util.Objects;

/**
 * How a store behaves.
 *
 * @param maxBytes bytes of queue entries above which appends are refused, or 0 for no quota
 * @param reserveBytes free bytes of the file system below which appends are refused
 * @param tailBytes memory for blocks just committed that an open reader has not yet read, per queue
 * @param clock wall time; steps of the system's clock are noticed and expire nothing early, any
 *     other clock is believed
 */
public record StoreOptions(
    Durability durability, long maxBytes, long reserveBytes, int tailBytes, InstantSource clock) {

  public StoreOptions {
    Objects.requireNonNull(durability, "durability");
    Objects.requireNonNull(clock, "clock");
    if (maxBytes < 0 || reserveBytes < 0 || tailBytes < 0) {
      throw new IllegalArgumentException("sizes are at least 0 bytes");
    }
  }

  /** Synced, no quota, 256 MiB of the disk left free, 4 MiB of tail per queue. */
  public static StoreOptions defaults() {
    return new StoreOptions(Durability.DISK, 0, 256L << 20, 4 << 20, InstantSource.system());
  }
}
