package dev.edgehub.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** What one execution of a target may cost. What never comes back is for the fuzzer's own limit. */
public final class Bounds {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MOST_BYTES = 64L << 20;

  /** Loading and instrumenting classes costs too, but once; what an input costs comes again. */
  private static final int TRIES = 3;

  private Bounds() {}

  /**
   * Runs the work on this thread and fails if it took more than 1 s or allocated over 64 MB. Time
   * is the clock's at first, which is cheap to ask; an excess is then measured in processor time,
   * so that a busy machine finds nothing.
   */
  public static void within(Runnable work) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = System.nanoTime();
    work.run();
    nanos = System.nanoTime() - nanos;
    bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    for (int i = 0; nanos > MOST_NANOS || bytes > MOST_BYTES; i++) {
      if (i == TRIES) {
        throw new AssertionError(
            "took %d ms and allocated %d KB"
                .formatted(TimeUnit.NANOSECONDS.toMillis(nanos), bytes >> 10));
      }
      bytes = THREADS.getCurrentThreadAllocatedBytes();
      nanos = THREADS.getCurrentThreadCpuTime();
      work.run();
      nanos = THREADS.getCurrentThreadCpuTime() - nanos;
      bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    }
  }
}
