package dev.edgehub.bench.load;

import java.io.IOException;
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

  double medianMicros() throws IOException {
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
    Arrays.sort(nanos);
    return nanos[SYNCS / 2] / 1_000.0;
  }
}
