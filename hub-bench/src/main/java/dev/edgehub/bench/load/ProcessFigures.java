package dev.edgehub.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What the kernel knows of a process.
 *
 * @param writtenBytes bytes it has caused to be sent to the disk ({@code write_bytes})
 * @param residentBytes memory it has now
 */
record ProcessFigures(long writtenBytes, long residentBytes) {

  /** The kernel tells user space so whatever its own clock does. */
  private static final double TICKS_PER_SECOND = 100;

  static ProcessFigures of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    return new ProcessFigures(
        number(proc.resolve("io"), "write_bytes: "),
        1_024 * number(proc.resolve("status"), "VmRSS:"));
  }

  /** Processor time it has used so far, user and system. */
  static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private static long number(Path file, String label) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      String line = lines.filter(l -> l.startsWith(label)).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
  }

  /** The bytes of all files below a directory that may change while it is looked at. */
  static long bytesBelow(Path directory) throws IOException {
    long sum = 0;
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        sum += path.toFile().length(); // 0 when it has gone
      }
    } catch (java.io.UncheckedIOException changed) {
      return bytesBelow(directory);
    }
    return sum;
  }
}
