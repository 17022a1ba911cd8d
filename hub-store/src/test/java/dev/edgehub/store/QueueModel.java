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

  private record Owed(byte[] body, long deadline, long committed, long commit) {}

  private record Gone(Owed entry, Disposition why) {}

  private final QueueId queue;
  private final Random random;
  private final TreeMap<Long, Owed> owed = new TreeMap<>();
  // left in this life of the process: a kill may bring them back, for a while or for good
  private final TreeMap<Long, Gone> lately = new TreeMap<>();
  private final Map<Disposition, Long> left = new EnumMap<>(Disposition.class);
  private long next;
  private long commits;
  private long evicted;
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
    owed.put(next, new Owed(body, deadline, nowMillis, commits));
    next++;
  }

  /** The batches so far have been committed, or the last one has not been taken. */
  void committed(long nextBefore, boolean taken) {
    commits++;
    if (!taken) {
      owed.tailMap(nextBefore, true).clear();
      next = nextBefore;
    }
  }

  long next() {
    return next;
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

  /**
   * Some or all of it, told how much it was. Acknowledged, so that a kill brings none of it back.
   */
  void remove(OpenStore store) {
    if (next == 0) {
      return;
    }
    List<OffsetRange> ranges = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      long from = from();
      ranges.add(new OffsetRange(from, Math.min(next, from + 1 + random.nextInt(30))));
    }
    if (random.nextInt(20) == 0) {
      ranges.add(new OffsetRange(0, next));
    }
    long before = owed.size();
    ranges.forEach(range -> owed.subMap(range.from(), range.to()).clear());
    long removed = before - owed.size();
    left.merge(Disposition.DROPPED, removed, Long::sum);
    CompletableFuture<Removal> told = new CompletableFuture<>();
    store.queues().remove(queue, ranges, Disposition.DROPPED, told::complete);
    assertEquals(new Removal(AppendOutcome.DURABLE, removed), told.join());
  }

  /**
   * Takes out what the store has evicted: the oldest entries, and of their last block all.
   *
   * @return when the last of it was committed, in the store's time (ms)
   */
  long evict(OpenStore store, RecordingListener listener) {
    if (next == 0) {
      return 0;
    }
    long gone = store.stats(queue).left().evicted() - left.getOrDefault(Disposition.EVICTED, 0L);
    assertTrue(gone >= 0 && gone <= owed.size(), gone + " evicted of " + owed.size());
    long newest = 0;
    for (long i = gone; i > 0; i--) {
      Owed last = owed.pollFirstEntry().getValue();
      newest = last.committed();
      boolean more = !owed.isEmpty() && owed.firstEntry().getValue().commit() == last.commit();
      assertFalse(i == 1 && more, "only some of a block was evicted");
    }
    left.merge(Disposition.EVICTED, gone, Long::sum);
    evicted += gone;
    assertEquals(evicted, listener.evicted.getOrDefault(queue, 0L));
    return newest;
  }

  long evicted() {
    return evicted;
  }

  /** When its oldest entry was committed, in the store's time (ms); never when it has none. */
  long oldest() {
    return owed.isEmpty() ? Long.MAX_VALUE : owed.firstEntry().getValue().committed();
  }

  private void leave(long offset, Disposition why) {
    Owed entry = owed.remove(offset);
    left.merge(why, 1L, Long::sum);
    lately.put(offset, new Gone(entry, why));
  }

  /**
   * To a queue where it is kept for ever. Acknowledged, so that a kill takes nothing of it back.
   */
  void move(OpenStore store, QueueModel to, long maxBytes) {
    if (owed.isEmpty()) {
      return;
    }
    Long offset = owed.ceilingKey(random.nextLong(owed.lastKey() + 1));
    byte[] body = owed.get(offset).body();
    AppendBatch batch = new AppendBatch();
    batch.add(to.queue, AppendBatch.NEVER, body);
    List<OffsetRange> range = List.of(new OffsetRange(offset, offset + 1));
    store.settle();
    long bytes = store.queues().stats().stream().mapToLong(QueueStats::bytes).sum();
    boolean fits = maxBytes == 0 || bytes + Admission.cost(batch) <= maxBytes + maxBytes / 16;
    CompletableFuture<MoveOutcome> told = new CompletableFuture<>();
    store.queues().move(queue, range, Disposition.DEAD_LETTERED, batch, told::complete);
    assertEquals(fits ? MoveOutcome.MOVED : MoveOutcome.FULL, told.join());
    if (fits) {
      owed.remove(offset);
      left.merge(Disposition.DEAD_LETTERED, 1L, Long::sum);
      long now = store.queues().nowMillis();
      to.owed.put(to.next, new Owed(body, AppendBatch.NEVER, now, to.commits));
      to.committed(to.next++, true);
    }
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
