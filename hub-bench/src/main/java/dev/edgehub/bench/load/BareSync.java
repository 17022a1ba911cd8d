package dev.edgehub.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** What the machine itself takes to make 4 KiB durable at the end of a file. */
final class BareSync {

  private static final int SYNCS = 2_000;

  private final Path file;

  BareSync(Path file) {
    this.file = file;
  }

  /**
   * What one takes.
   *
   * @param medianMicros until it is done
   * @param cpuMicros of processor time on the thread that asks for it, on average
   */
  record Cost(double medianMicros, double cpuMicros) {}

  double medianMicros() throws IOException {
    return measure().medianMicros();
  }

  Cost measure() throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpu = threads.getCurrentThreadCpuTime();
    long[] nanos = new long[SYNCS];
    ByteBuffer page = ByteBuffer.allocateDirect(4_096);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < SYNCS; i++) {
        long start = System.nanoTime();
        channel.write(page.clear());
        channel.force(false);
        nanos[i] = System.nanoTime() - start;
      }
    } finally {
      Files.deleteIfExists(file);
    }
    cpu = threads.getCurrentThreadCpuTime() - cpu;
    Arrays.sort(nanos);
    return new Cost(nanos[SYNCS / 2] / 1_000.0, cpu / 1_000.0 / SYNCS);
  }
}
