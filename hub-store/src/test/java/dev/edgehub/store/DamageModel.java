package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A small store with files of every kind, and what it must answer whatever happens to them. */
final class DamageModel {

  private static final List<QueueId> QUEUES =
      List.of(new QueueId("upstream", 0), new QueueId("upstream", 7), new QueueId("app/in", 3));

  private static final long TTL_MILLIS = 3_600_000;

  private final Path template;
  private final Map<QueueId, TreeMap<Long, byte[]>> acknowledged = new HashMap<>();
  private final Map<QueueId, Set<Long>> confirmed = new HashMap<>();
  private final Map<QueueId, Set<Long>> mortal = new HashMap<>();
  private final ManualClock time = new ManualClock();

  /** Fills a store over several runs, each of which leaves tables behind. */
  DamageModel(Path template, Random random) {
    this.template = template;
    QUEUES.forEach(
        queue -> {
          acknowledged.put(queue, new TreeMap<>());
          confirmed.put(queue, new HashSet<>());
          mortal.put(queue, new HashSet<>());
        });
    for (int run = 0; run < 4; run++) {
      try (OpenStore store = open(template, new RecordingListener())) {
        for (int commit = 0; commit < 25; commit++) {
          append(store, random);
          if (commit % 5 == 4) {
            confirm(store, random);
          }
          store.put("documents", "key" + random.nextInt(20), "value " + run + " " + commit);
        }
      }
    }
  }

  private OpenStore open(Path root, StoreListener listener) {
    StoreOptions options = new StoreOptions(Durability.DISK, 0, 0, 4 << 20, time);
    return new OpenStore(Store.open(root, options, listener));
  }

  private void append(OpenStore store, Random random) {
    AppendBatch batch = new AppendBatch();
    for (int i = random.nextInt(8); i >= 0; i--) {
      QueueId queue = QUEUES.get(random.nextInt(QUEUES.size()));
      byte[] body = new byte[random.nextInt(random.nextInt(20) == 0 ? 9_000 : 300)];
      random.nextBytes(body);
      TreeMap<Long, byte[]> entries = acknowledged.get(queue);
      long deadline = AppendBatch.NEVER;
      if (random.nextInt(3) == 0) {
        deadline = store.queues().nowMillis() + TTL_MILLIS + random.nextInt(1_000);
        mortal.get(queue).add((long) entries.size());
      }
      batch.add(queue, deadline, body);
      entries.put((long) entries.size(), body);
    }
    assertEquals(AppendOutcome.DURABLE, store.append(batch));
  }

  private void confirm(OpenStore store, Random random) {
    QueueId queue = QUEUES.get(random.nextInt(QUEUES.size()));
    long size = acknowledged.get(queue).size();
    if (size < 4) {
      return;
    }
    long from = random.nextInt((int) size - 2);
    long to = Math.min(size, from + 1 + random.nextInt(12));
    for (long offset = from; offset < to; offset++) {
      confirmed.get(queue).add(offset);
    }
    store.confirm(queue, from, to, Disposition.DELIVERED);
    Await.until("confirmed", () -> store.stats(queue).depth() == owed(queue));
  }

  private long owed(QueueId queue) {
    return (long) acknowledged.get(queue).size() - confirmed.get(queue).size();
  }

  void copyTo(Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(template)) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(template.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
  }

  /**
   * Opens a damaged copy as often as a supervisor would, and checks every promise.
   *
   * @return what it cost
   */
  String check(Path copy) {
    RecordingListener told = new RecordingListener();
    for (int start = 1; !readable(copy, told); start++) {
      assertTrue(start < 3, "the store does not come to rest");
    }
    for (DoctorReport.QueueCheck queue : StoreDoctor.examine(copy, progress -> {}).queues()) {
      assertFalse(queue.problems().toString().contains("expiry index"), queue::toString);
    }
    DoctorReport doctor = StoreDoctor.repair(copy, StoreOptions.defaults(), progress -> {});
    assertTrue(doctor.isHealthy(), "after all: " + doctor);
    LossReport late = doctor.repaired();
    if (late != null) { // damage in what nobody reads any more
      told.reports.add(late);
      assertTrue(readable(copy, told), "after a repair");
    }
    expire(copy, told);
    Set<LossReport> kept = new HashSet<>(doctor.losses());
    assertTrue(kept.containsAll(told.reports), "kept " + kept + " of " + told.reports);
    long lost = told.reports.stream().mapToLong(LossReport::entries).sum();
    return lost > 0 ? "entries lost" : told.reports.isEmpty() ? "nothing" : "repaired whole";
  }

  /** False when the store has stopped for damage that it met while it was in use. */
  private boolean readable(Path copy, RecordingListener told) {
    try (OpenStore store = open(copy, told)) {
      for (QueueId queue : QUEUES) {
        Map<Long, byte[]> read = new HashMap<>();
        try (QueueReader reader = store.queues().reader(queue, () -> {})) {
          for (List<Entry> some = reader.read(50, 1 << 20);
              !some.isEmpty();
              some = reader.read(50, 1 << 20)) {
            some.forEach(entry -> read.put(entry.offset(), entry.body()));
          }
        } catch (StoreException damaged) {
          assertEquals(StoreException.Kind.DAMAGED, damaged.kind());
          Await.until("the end of the store", () -> told.incidents.remove("failed"));
          return false;
        }
        store.settle();
        check(queue, read, told, store);
      }
    }
    // RocksDB may have met damage in the background
    return !told.incidents.remove("failed");
  }

  /** Whatever happened to the files: what has a deadline leaves by it, and nothing else does. */
  private void expire(Path copy, RecordingListener told) {
    time.pass(TTL_MILLIS + 1_000);
    try (OpenStore store = open(copy, told)) {
      for (QueueId queue : QUEUES) {
        Set<Long> lost = lost(queue, told);
        Set<Long> due = new HashSet<>(mortal.get(queue));
        due.removeAll(confirmed.get(queue));
        due.removeAll(lost);
        Set<Long> swept = new HashSet<>();
        try (QueueReader reader = store.queues().reader(queue, () -> {})) {
          while (reader.nextDeadline() <= store.queues().nowMillis()) {
            for (Entry entry : reader.sweep(50, 1 << 20)) {
              assertTrue(swept.add(entry.offset()), "swept twice: " + queue + entry.offset());
            }
          }
        }
        // some of what was confirmed may be back
        assertTrue(swept.containsAll(due), "not swept: " + queue + due + swept);
        assertTrue(mortal.get(queue).containsAll(swept), "early: " + queue + swept);
        store.settle();
        assertEquals(0, store.stats(queue).difference());
      }
    }
    time.pass(-TTL_MILLIS - 1_000);
  }

  private static Set<Long> lost(QueueId queue, RecordingListener told) {
    Set<Long> lost = new HashSet<>();
    for (LossReport report : told.reports) {
      for (LostRange part : report.lost()) {
        if (part.queue().equals(queue)) {
          for (long offset = part.range().from(); offset < part.range().to(); offset++) {
            assertTrue(lost.add(offset), "reported twice: " + queue + " " + offset);
          }
        }
      }
    }
    return lost;
  }

  private void check(
      QueueId queue, Map<Long, byte[]> read, RecordingListener told, OpenStore store) {
    Set<Long> lost = lost(queue, told);
    TreeMap<Long, byte[]> entries = acknowledged.get(queue);
    entries.forEach(
        (offset, body) -> {
          byte[] found = read.get(offset);
          if (found != null) {
            assertArrayEquals(body, found, queue + " offset " + offset);
            assertFalse(lost.contains(offset), "lost and there: " + queue + " " + offset);
          } else if (!confirmed.get(queue).contains(offset)) {
            assertTrue(lost.contains(offset), "gone without a word: " + queue + " " + offset);
          }
        });
    List<Long> strangers = new ArrayList<>(read.keySet());
    strangers.removeAll(entries.keySet());
    assertEquals(List.of(), strangers, "never written: " + queue);
    QueueStats stats = store.stats(queue);
    assertEquals(entries.size(), stats.appended(), "the next offset of " + queue);
    assertEquals(lost.size(), stats.left().lost(), "counted as lost of " + queue);
    assertEquals(read.size(), stats.depth(), "waiting in " + queue);
    assertEquals(stats.appended(), stats.left().total() + stats.depth());
  }
}
