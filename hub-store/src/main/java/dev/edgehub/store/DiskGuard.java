package dev.edgehub.store;

import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Knows how much room the file system has left; looks at most every few hundred milliseconds,
 * because appends ask much more often. Writer thread only.
 */
final class DiskGuard {

  /** Looks up the free bytes of a file system. */
  interface FreeSpace {
    long bytes() throws IOException;
  }

  private static final long FRESH_NANOS = 300_000_000L;
  // opening the database writes a new log and manifest
  private static final long REOPEN_BYTES = 8L << 20;
  private static final long EASE_BYTES = 2 * Admission.WORTH_RECLAIMING;

  private final FreeSpace freeSpace;
  private final long reserveBytes;
  private final LongSupplier nanos;
  private long lookedNanos;
  private boolean looked;
  private long free = Long.MAX_VALUE;

  DiskGuard(FreeSpace freeSpace, long reserveBytes, LongSupplier nanos) {
    this.freeSpace = freeSpace;
    this.reserveBytes = reserveBytes;
    this.nanos = nanos;
  }

  /** Whether the free space has fallen below the reserve. */
  boolean isLow() {
    return freeBytes() < reserveBytes;
  }

  /** Whether half of the reserve is gone, too. */
  boolean isInReserve() {
    return freeBytes() < reserveBytes / 2;
  }

  /** Whether a database that ran out of space can be opened again. */
  boolean canReopen() {
    return freeBytes() >= Math.max(reserveBytes, REOPEN_BYTES);
  }

  /** Whether there is more than the reserve, so that it will not be short again at once. */
  boolean isAtEase() {
    return reserveBytes == 0 || freeBytes() - reserveBytes >= EASE_BYTES;
  }

  /** Free bytes, as of a moment ago. */
  long free() {
    return freeBytes();
  }

  /** The time by which looks are spaced (ns). */
  long nanos() {
    return nanos.getAsLong();
  }

  /** The free bytes are looked up anew when they are next asked for. */
  void forget() {
    looked = false;
  }

  String describe() {
    return "the disk has " + free + " bytes free, the reserve is " + reserveBytes;
  }

  private long freeBytes() {
    long now = nanos.getAsLong();
    if (!looked || now - lookedNanos >= FRESH_NANOS) {
      looked = true;
      lookedNanos = now;
      try {
        free = freeSpace.bytes();
      } catch (IOException unknown) {
        // a failed look says nothing about space; a failed write will
        free = Long.MAX_VALUE;
      }
    }
    return free;
  }
}
