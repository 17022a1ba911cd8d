package dev.edgehub.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.UUID;

/**
 * A clock that nobody sets: time since the machine started, and which start that was. It tells a
 * step of the wall clock from time that has really passed. Thread-safe.
 */
interface BootClock {

  /** Names the start of the machine that {@link #millis} counts from. */
  long bootId();

  /** Milliseconds since that start. */
  long millis();

  /**
   * The boot clock that belongs to a wall clock: the machine's for the system's clock. Any other
   * clock is its own, so that whoever moves it by hand sees deadlines pass.
   */
  static BootClock of(InstantSource wall) {
    if (wall.equals(InstantSource.system()) || wall.equals(Clock.systemUTC())) {
      return new Machine();
    }
    return new BootClock() {
      @Override
      public long bootId() {
        return 0;
      }

      @Override
      public long millis() {
        return wall.millis();
      }
    };
  }

  /**
   * Linux's uptime, which goes on counting while the machine sleeps. It is read at most once a
   * second and continued with the JVM's clock between, because each read is a few system calls.
   * Elsewhere the start of this process stands for the start of the machine.
   */
  final class Machine implements BootClock {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final long bootId;
    private final boolean linux;
    private volatile Reading last;

    Machine() {
      UUID id;
      boolean known = true;
      try {
        id = UUID.fromString(Files.readString(BOOT_ID, StandardCharsets.US_ASCII).strip());
      } catch (IOException | IllegalArgumentException noLinux) {
        id = UUID.randomUUID();
        known = false;
      }
      bootId = id.getMostSignificantBits() ^ id.getLeastSignificantBits();
      linux = known;
      last = new Reading(0, System.nanoTime());
      last = fresh(System.nanoTime());
    }

    @Override
    public long bootId() {
      return bootId;
    }

    @Override
    public long millis() {
      long nanos = System.nanoTime();
      Reading reading = last;
      if (nanos - reading.nanos > FRESH_NANOS) {
        reading = fresh(nanos);
        last = reading;
      }
      return reading.at(nanos);
    }

    private Reading fresh(long nanos) {
      if (!linux) {
        return last;
      }
      try {
        String uptime = Files.readString(UPTIME, StandardCharsets.US_ASCII);
        double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
        return new Reading((long) (seconds * 1_000), nanos);
      } catch (IOException | RuntimeException unreadable) {
        return last;
      }
    }

    private record Reading(long millis, long nanos) {
      long at(long now) {
        return millis + (now - nanos) / 1_000_000;
      }
    }
  }
}
