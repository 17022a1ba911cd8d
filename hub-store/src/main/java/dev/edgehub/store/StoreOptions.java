package dev.edgehub.store;

import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * How a store behaves.
 *
 * @param maxBytes bytes of blocks that the queues may hold together, or 0 for no quota
 * @param reserveBytes free bytes of the file system below which nothing is appended
 * @param tailBytes memory for blocks just committed that an open reader has not yet read, per queue
 * @param clock wall time; steps of the system's clock are noticed and expire nothing early, any
 *     other clock is believed
 * @param whenFull what becomes of an append beyond the quota or the reserve, and beyond the limit
 *     of its queue
 * @param spared queues from which nothing is evicted; asked on the writer thread
 */
public record StoreOptions(
    Durability durability,
    long maxBytes,
    long reserveBytes,
    int tailBytes,
    InstantSource clock,
    WhenFull whenFull,
    Predicate<QueueId> spared) {

  public StoreOptions {
    Objects.requireNonNull(durability, "durability");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(whenFull, "whenFull");
    Objects.requireNonNull(spared, "spared");
    if (maxBytes < 0 || reserveBytes < 0 || tailBytes < 0) {
      throw new IllegalArgumentException("sizes are at least 0 bytes");
    }
  }

  /** A store that rejects when it is full. */
  public StoreOptions(
      Durability durability, long maxBytes, long reserveBytes, int tailBytes, InstantSource clock) {
    this(durability, maxBytes, reserveBytes, tailBytes, clock, WhenFull.REJECT);
  }

  /** A store that spares no queue. */
  public StoreOptions(
      Durability durability,
      long maxBytes,
      long reserveBytes,
      int tailBytes,
      InstantSource clock,
      WhenFull whenFull) {
    this(durability, maxBytes, reserveBytes, tailBytes, clock, whenFull, queue -> false);
  }

  /** Synced, no quota, 256 MiB of the disk left free, 4 MiB of tail per queue. */
  public static StoreOptions defaults() {
    return new StoreOptions(Durability.DISK, 0, 256L << 20, 4 << 20, InstantSource.system());
  }
}
