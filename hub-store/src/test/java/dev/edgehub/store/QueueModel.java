package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One queue as it should be, and the reader that it is held against. */
final class QueueModel {

  private static final int NEVERS = 4;

  private record Owed(byte[] body, long deadline) {}

  private record Gone(Owed entry, Disposition why) {}

  private final QueueId queue;
  private final Random random;
  private final TreeMap<Long, Owed> owed = new TreeMap<>();
  // left in this life of the process: a kill may bring them back, for a while or for good
  private final TreeMap<Long, Gone> lately = new TreeMap<>();
  private final Map<Disposition, Long> left = new EnumMap<>(Disposition.class);
  private long next;
  private @Nullable QueueReader reader;
  private long cursor;

  QueueModel(QueueId queue, Random random) {
    this.queue = queue;
    this.random = random;
  }

  void append(AppendBatch batch, long nowMillis) {
    byte[] body = new byte[random.nextInt(random.nextInt(50) == 0 ? 20_000 : 60)];
    random.nextBytes(body);
    long deadline =
        random.nextInt(NEVERS) == 0
            ? AppendBatch.NEVER
            : nowMillis + random.nextInt(random.nextInt(3) == 0 ? 10_000 : 300);
    batch.add(queue, deadline, body);
    owed.put(next, new Owed(body, deadline));
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
      List.copyOf(owed.subMap(from, to).keySet()).forEach(offset -> leave(offset, why));
    }
    store.queues().confirm(queue, ranges, why);
    if (random.nextInt(10) != 0) {
      store.settle();
    }
    // a purge may take more turns than one
    Await.until("confirmed", () -> store.stats(queue).depth() == owed.size());
  }

  private void leave(long offset, Disposition why) {
    Owed entry = owed.remove(offset);
    left.merge(why, 1L, Long::sum);
    lately.put(offset, new Gone(entry, why));
  }

  /**
   * To a queue where it is kept for ever. Acknowledged, so that a kill takes nothing of it back.
   */
  void move(OpenStore store, QueueModel to) {
    if (owed.isEmpty()) {
      return;
    }
    Long offset = owed.ceilingKey(random.nextLong(owed.lastKey() + 1));
    byte[] body = owed.remove(offset).body();
    left.merge(Disposition.DEAD_LETTERED, 1L, Long::sum);
    AppendBatch batch = new AppendBatch();
    batch.add(to.queue, AppendBatch.NEVER, body);
    to.owed.put(to.next, new Owed(body, AppendBatch.NEVER));
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
      check(entry);
      cursor = expected + 1;
      bytes += entry.body().length;
    }
    assertTrue(entries.size() <= 1 || bytes <= maxBytes);
  }

  private void check(Entry entry) {
    Owed expected = owed.get(entry.offset());
    assertArrayEquals(expected.body(), entry.body());
    assertEquals(expected.deadline(), entry.deadlineMillis());
  }

  /** One sweep, or as many as it takes: then nothing is left that is due and was not read. */
  void sweep(OpenStore store) {
    QueueReader open = open(store);
    long now = store.queues().nowMillis();
    boolean all = random.nextBoolean();
    do {
      int maxEntries = 1 + random.nextInt(40);
      List<Entry> swept = open.sweep(maxEntries, 1 + random.nextInt(5_000));
      assertTrue(swept.size() <= maxEntries);
      for (Entry entry : swept) {
        assertTrue(entry.offset() >= cursor, "swept what was read: " + entry.offset());
        assertTrue(owed.containsKey(entry.offset()), "not owed: " + entry.offset());
        check(entry);
        assertTrue(entry.deadlineMillis() <= now, "early: " + entry.offset());
        leave(entry.offset(), Disposition.EXPIRED);
      }
      checkNextDeadline(open);
    } while (all && open.nextDeadline() <= now);
    if (all) {
      owed.tailMap(cursor)
          .forEach((offset, entry) -> assertTrue(entry.deadline() > now, "overlooked " + offset));
    }
    if (random.nextInt(4) == 0) {
      store.settle();
    }
  }

  private void checkNextDeadline(QueueReader open) {
    long earliest =
        owed.tailMap(cursor).values().stream()
            .mapToLong(Owed::deadline)
            .min()
            .orElse(AppendBatch.NEVER);
    assertTrue(open.nextDeadline() <= earliest, "an alarm by nextDeadline would come late");
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
          Gone again = owed.containsKey(offset) ? null : lately.get(offset);
          if (again != null) {
            left.merge(again.why(), -1L, Long::sum);
            owed.put(offset, again.entry());
          }
        });
    assertEquals(owed.keySet(), found.keySet());
    owed.forEach((offset, entry) -> assertArrayEquals(entry.body(), found.get(offset)));
    lately.clear();
  }

  /** After an orderly close, which has written it all. */
  void close() {
    closeReader();
    lately.clear();
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
    checkNextDeadline(open(store));
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
    store.settle(); // a sweep is counted by the writer in its turn
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
