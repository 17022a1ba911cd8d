package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random actions on a store and on maps in memory, which must agree throughout: 100,000 in all.
 *
 * <p>A kill is a copy of the directory, made while the store is open, with which the run goes on:
 * what was acknowledged is in it, and confirms that were not yet written are not.
 */
final class StoreModelTest {

  private static final int KILLS_PER_MILLE = 2;

  @TempDir Path directory;

  @Test
  void agreesWithAModelWhenReadersKeepUpFromMemory() throws IOException {
    run(Durability.OS, 1 << 20, 60_000);
  }

  @Test
  void agreesWithAModelAtTheBorderOfMemoryAndDisk() throws IOException {
    run(Durability.DISK, 900, 20_000);
  }

  @Test
  void agreesWithAModelWhenAllIsReadFromTheDisk() throws IOException {
    run(Durability.MEMORY, 0, 20_000);
  }

  private void run(Durability durability, int tailBytes, int actions) throws IOException {
    Random random = Seed.random("StoreModelTest " + durability + " " + tailBytes);
    StoreOptions options = OpenStore.options(durability, 0, tailBytes);
    List<Model> models = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      models.add(new Model(new QueueId("sink" + i, i), random));
    }
    Path home = directory.resolve("0");
    OpenStore store = OpenStore.at(home, options);
    try {
      for (int action = 0; action < actions; action++) {
        Model model = models.get(random.nextInt(models.size()));
        int dice = random.nextInt(1_000);
        if (dice < 300) {
          append(store, models, random);
        } else if (dice < 650) {
          model.read(store);
        } else if (dice < 940) {
          model.confirm(store);
        } else if (dice < 960) {
          model.move(store, models.get(random.nextInt(models.size())));
        } else if (dice < 985) {
          model.reopenReader(store);
        } else if (dice < 997) {
          model.checkStats(store);
        } else if (dice < 1_000 - KILLS_PER_MILLE || durability == Durability.MEMORY) {
          models.forEach(Model::closeReader);
          store.close();
          store = OpenStore.at(home, options);
          for (Model each : models) {
            each.lately.clear(); // an orderly close has written it all
            each.checkStats(store);
          }
        } else {
          Path left = directory.resolve("" + action);
          copy(home, left);
          models.forEach(Model::closeReader);
          store.close();
          remove(home);
          home = left;
          store = OpenStore.at(home, options);
          for (Model each : models) {
            each.survive(store);
            each.checkStats(store);
          }
        }
      }
      for (Model model : models) {
        model.readToTheEnd(store);
        model.closeReader();
      }
    } finally {
      store.close();
    }
  }

  /** What a process leaves that is killed now: a copy during which no file came, went or grew. */
  private static void copy(Path from, Path to) throws IOException {
    Map<Path, Long> before = Map.of();
    while (before.isEmpty() || !before.equals(sizes(from))) {
      if (Files.exists(to)) {
        remove(to);
      }
      before = sizes(from);
      try {
        for (Path path : before.keySet()) {
          Path copied = to.resolve(from.relativize(path));
          Files.createDirectories(copied.getParent());
          if (path.getParent().endsWith("native") || path.toString().endsWith(".sst")) {
            Files.createLink(copied, path); // never changed
          } else {
            Files.copy(path, copied);
          }
        }
      } catch (NoSuchFileException e) {
        before = Map.of(); // gone in the meantime: once more
      }
    }
  }

  private static Map<Path, Long> sizes(Path home) throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.filter(Files::isRegularFile)
          .collect(Collectors.toMap(path -> path, path -> path.toFile().length()));
    } catch (UncheckedIOException e) {
      return Map.of(); // a directory changed while it was listed
    }
  }

  private static void remove(Path home) throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void append(OpenStore store, List<Model> models, Random random) {
    AppendBatch batch = new AppendBatch();
    for (int i = random.nextInt(20); i >= 0; i--) {
      models.get(random.nextInt(models.size())).append(batch);
    }
    assertEquals(AppendOutcome.DURABLE, store.append(batch));
  }

  private record Confirmed(byte[] body, Disposition why) {}

  /** One queue as it should be. */
  private static final class Model {
    private final QueueId queue;
    private final Random random;
    private final TreeMap<Long, byte[]> owed = new TreeMap<>();
    // confirmed in this life of the process: a kill may bring them back, for a while or for good
    private final TreeMap<Long, Confirmed> lately = new TreeMap<>();
    private final Map<Disposition, Long> left = new EnumMap<>(Disposition.class);
    private long next;
    private @Nullable QueueReader reader;
    private long cursor;

    Model(QueueId queue, Random random) {
      this.queue = queue;
      this.random = random;
    }

    void append(AppendBatch batch) {
      byte[] body = new byte[random.nextInt(random.nextInt(50) == 0 ? 20_000 : 60)];
      random.nextBytes(body);
      batch.add(queue, next + 5, body);
      owed.put(next, body);
      next++;
    }

    void confirm(OpenStore store) {
      if (next == 0) {
        return;
      }
      List<OffsetRange> ranges = new ArrayList<>();
      Disposition why =
          List.of(Disposition.values()).get(random.nextInt(Disposition.values().length));
      for (int i = random.nextInt(Disposition.values().length); i >= 0; i--) {
        long from = from();
        long to = Math.min(next, from + 1 + random.nextInt(random.nextInt(20) == 0 ? 500 : 10));
        ranges.add(new OffsetRange(from, to));
        Map<Long, byte[]> gone = owed.subMap(from, to);
        left.merge(why, (long) gone.size(), Long::sum);
        gone.forEach((offset, body) -> lately.put(offset, new Confirmed(body, why)));
        gone.clear();
      }
      store.queues().confirm(queue, ranges, why);
      if (random.nextInt(10) == 0) {
        Await.until("confirmed", () -> store.stats(queue).depth() == owed.size());
      } else {
        store.settle();
        // a purge may take more turns than one
        Await.until("confirmed", () -> store.stats(queue).depth() == owed.size());
      }
    }

    /** Acknowledged, so that a kill takes nothing of it back. */
    void move(OpenStore store, Model to) {
      if (owed.isEmpty()) {
        return;
      }
      Long offset = owed.ceilingKey(random.nextLong(owed.lastKey() + 1));
      byte[] body = owed.remove(offset);
      left.merge(Disposition.DEAD_LETTERED, 1L, Long::sum);
      AppendBatch batch = new AppendBatch();
      batch.add(to.queue, to.next + 5, body);
      to.owed.put(to.next, body);
      to.next++;
      List<OffsetRange> range = List.of(new OffsetRange(offset, offset + 1));
      CompletableFuture<MoveOutcome> told = new CompletableFuture<>();
      store.queues().move(queue, range, Disposition.DEAD_LETTERED, batch, told::complete);
      assertEquals(MoveOutcome.MOVED, told.join());
    }

    /** Mostly near the oldest entry, as sinks do. */
    private long from() {
      long first = owed.isEmpty() ? 0 : owed.firstKey();
      return random.nextInt(4) == 0
          ? (long) (random.nextDouble() * next)
          : Math.min(next - 1, first + random.nextInt(12));
    }

    /** After a kill: everything is there that must be, and nothing that was not. */
    void survive(OpenStore store) {
      QueueReader open = open(store);
      TreeMap<Long, byte[]> found = new TreeMap<>();
      for (List<Entry> some = open.read(100, 1 << 20);
          !some.isEmpty();
          some = open.read(100, 1 << 20)) {
        some.forEach(entry -> found.put(entry.offset(), entry.body()));
      }
      closeReader();
      found.forEach(
          (offset, body) -> {
            Confirmed again = owed.containsKey(offset) ? null : lately.get(offset);
            if (again != null) {
              left.merge(again.why(), -1L, Long::sum);
              owed.put(offset, again.body());
            }
          });
      assertEquals(owed.keySet(), found.keySet());
      owed.forEach((offset, body) -> assertArrayEquals(body, found.get(offset)));
      lately.clear();
    }

    void read(OpenStore store) {
      QueueReader open = open(store);
      int maxEntries = 1 + random.nextInt(30);
      int maxBytes = random.nextInt(3_000);

      List<Entry> entries = open.read(maxEntries, maxBytes);

      assertTrue(entries.size() <= maxEntries);
      assertEquals(owed.tailMap(cursor).isEmpty(), entries.isEmpty());
      long bytes = 0;
      for (Entry entry : entries) {
        Long expected = owed.ceilingKey(cursor);
        assertEquals(expected, entry.offset());
        assertArrayEquals(owed.get(expected), entry.body());
        assertEquals(entry.offset() + 5, entry.deadlineMillis());
        cursor = expected + 1;
        bytes += entry.body().length;
      }
      assertTrue(entries.size() <= 1 || bytes <= maxBytes);
    }

    void readToTheEnd(OpenStore store) {
      closeReader();
      while (!owed.tailMap(cursor).isEmpty()) {
        read(store);
      }
      checkStats(store);
    }

    private QueueReader open(OpenStore store) {
      QueueReader open = reader;
      if (open == null) {
        open = store.queues().reader(queue, () -> {});
        reader = open;
        cursor = 0;
      }
      return open;
    }

    void reopenReader(OpenStore store) {
      closeReader();
      open(store);
    }

    void closeReader() {
      QueueReader open = reader;
      if (open != null) {
        open.close();
      }
      reader = null;
      cursor = 0;
    }

    void checkStats(OpenStore store) {
      if (next == 0) {
        assertFalse(store.queues().queues().contains(queue));
        return;
      }
      QueueStats stats = store.stats(queue);
      assertEquals(next, stats.appended());
      Departures expected = Departures.NONE;
      for (Map.Entry<Disposition, Long> gone : left.entrySet()) {
        expected = expected.plus(gone.getKey(), gone.getValue());
      }
      assertEquals(expected, stats.left());
      assertEquals(owed.size(), stats.depth());
      assertEquals(0, stats.difference());
      assertEquals(owed.isEmpty(), stats.bytes() == 0);
      assertEquals(owed.isEmpty(), stats.oldestMillis() == 0);
    }
  }
}
