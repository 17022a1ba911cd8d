package dev.edgehub.hostile;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/**
 * What this process keeps.
 *
 * @param heap bytes of live objects
 * @param buffers bytes that Netty's allocator holds, on the heap or off it
 */
record Footprint(long heap, long buffers) {

  private static final int COLLECTIONS = 6;
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  /** The least of several looks: others in this process work all the while. */
  static Footprint now() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, MEMORY.getHeapMemoryUsage().getUsed());
    }
    ByteBufAllocatorMetric metric =
        ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
    return new Footprint(least, metric.usedDirectMemory() + metric.usedHeapMemory());
  }

  long all() {
    return heap + buffers;
  }
}
