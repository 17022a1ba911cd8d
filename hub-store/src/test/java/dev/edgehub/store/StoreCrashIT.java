package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed without warning, again and again, on one store. */
final class StoreCrashIT {

  private static final int CYCLES = 12;
  private static final long IDS_PER_CYCLE = 1_000_000_000L;

  private final Set<Long> acknowledged = new HashSet<>();
  private final Set<Long> delivered = new HashSet<>();

  @TempDir Path directory;

  @Test
  @Timeout(120)
  void hasEveryAcknowledgedEntryAfterAKill() throws IOException, InterruptedException {
    Random random = Seed.random("StoreCrashIT");
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      killedChild(cycle * IDS_PER_CYCLE, 50 + random.nextInt(800));

      checkStore(cycle);
    }
    assertTrue(acknowledged.size() > 1_000, "acknowledged " + acknowledged.size());
    assertTrue(delivered.size() > 1_000, "delivered " + delivered.size());
    try (Stream<Path> libraries = Files.list(directory.resolve("native"))) {
      assertEquals(1, libraries.count());
    }
  }

  private void killedChild(long firstId, long millis) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    CrashChild.class.getName(),
                    directory.toString(),
                    Long.toString(firstId)))
            .redirectErrorStream(true)
            .start();
    long killAt = 0;
    boolean killed = false;
    try (BufferedReader out = child.inputReader(StandardCharsets.US_ASCII)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        note(line);
        long now = System.nanoTime();
        if (killAt == 0) {
          killAt = now + TimeUnit.MILLISECONDS.toNanos(millis);
        } else if (!killed && now - killAt > 0) {
          killed = true;
          child.toHandle().destroyForcibly(); // the process only: what it has said is still read
        }
      }
    }
    assertTrue(killed, "the child ended by itself");
    assertTrue(child.waitFor(10, TimeUnit.SECONDS));
  }

  private void note(String line) {
    if (line.startsWith("a ")) {
      acknowledged.add(Long.valueOf(line.substring(2)));
    } else if (line.startsWith("d ")) {
      delivered.add(Long.valueOf(line.substring(2)));
    } else {
      System.out.println("child: " + line);
    }
  }

  private void checkStore(int cycle) {
    try (OpenStore store = OpenStore.at(directory);
        QueueReader reader = store.queues().reader(OpenStore.QUEUE, () -> {})) {
      Set<Long> missing = new HashSet<>(acknowledged);
      missing.removeAll(delivered);
      QueueStats stats = store.stats(OpenStore.QUEUE);
      long found = 0;
      for (List<Entry> entries = reader.read(1_000, 1 << 20);
          !entries.isEmpty();
          entries = reader.read(1_000, 1 << 20)) {
        found += entries.size();
        entries.forEach(entry -> missing.remove(ByteBuffer.wrap(entry.body()).getLong()));
      }
      assertEquals(Set.of(), missing, "lost in cycle " + cycle);
      assertEquals(stats.depth(), found);
      assertEquals(stats.appended(), stats.left().delivered() + stats.depth());
    }
  }
}
