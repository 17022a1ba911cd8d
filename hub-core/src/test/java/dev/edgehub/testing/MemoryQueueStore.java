package dev.edgehub.testing;

import dev.edgehub.store.AppendBatch;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.AppendedItems;
import dev.edgehub.store.Departures;
import dev.edgehub.store.Disposition;
import dev.edgehub.store.Entry;
import dev.edgehub.store.MoveOutcome;
import dev.edgehub.store.OffsetRange;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueReader;
import dev.edgehub.store.QueueStats;
import dev.edgehub.store.QueueStore;
import dev.edgehub.store.Removal;
import dev.edgehub.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Queues in memory that keep to the contract; every append is committed before it returns. */
public final class MemoryQueueStore implements QueueStore {

  private final InstantSource clock;
  private final Map<QueueId, Queue> queues = new HashMap<>();
  private Runnable duringRead = () -> {};
  private long wallStepMillis;
  private AppendOutcome answer = AppendOutcome.DURABLE;
  private int mostMoved = MOST_MOVED;
  private Executor writer = Runnable::run;
  private final Set<QueueId> damaged = new HashSet<>();

  private static final class Queue {
    private final List<Entry> entries = new ArrayList<>();
    private final TreeMap<Long, Disposition> left = new TreeMap<>();

    /** Swept, and counted as soon as the writer comes to it. */
    private final Set<Long> swept = new HashSet<>();

    private final List<OffsetRange> confirmations = new ArrayList<>();
    private @Nullable Reader reader;

    private long count(Disposition why) {
      return left.values().stream().filter(why::equals).count();
    }

    private List<Entry> owed() {
      return entries.stream().filter(entry -> !left.containsKey(entry.offset())).toList();
    }
  }

  public MemoryQueueStore(InstantSource clock) {
    this.clock = clock;
  }

  private Queue queue(QueueId id) {
    return queues.computeIfAbsent(id, key -> new Queue());
  }

  @Override
  public void append(AppendBatch batch, Consumer<AppendOutcome> done) {
    if (answer != AppendOutcome.DURABLE) {
      done.accept(answer);
      return;
    }
    Runnable tell = commit(batch);
    done.accept(AppendOutcome.DURABLE);
    tell.run();
  }

  /** Makes a batch readable; the readers have not been told before what is returned has run. */
  public Runnable commit(AppendBatch batch) {
    Set<QueueId> touched = new LinkedHashSet<>();
    AppendedItems.each(
        batch,
        (id, item) -> {
          List<Entry> entries = queue(id).entries;
          entries.add(
              new Entry(entries.size(), clock.millis(), item.deadlineMillis(), item.body()));
          touched.add(id);
        });
    return () -> {
      for (QueueId id : touched) {
        Reader reader = queue(id).reader;
        if (reader != null) {
          reader.appended.run();
        }
      }
    };
  }

  @Override
  public void confirm(QueueId id, List<OffsetRange> ranges, Disposition why) {
    for (OffsetRange range : ranges) {
      if (range.to() > queue(id).entries.size()) {
        throw new IllegalArgumentException(range + " is beyond what was appended to " + id);
      }
    }
    writer.execute(() -> confirmNow(id, ranges, why));
  }

  private void confirmNow(QueueId id, List<OffsetRange> ranges, Disposition why) {
    Queue queue = queue(id);
    for (OffsetRange range : ranges) {
      queue.confirmations.add(range);
      for (long offset = range.from(); offset < range.to(); offset++) {
        queue.left.putIfAbsent(offset, why);
      }
    }
  }

  @Override
  public long nowMillis() {
    return clock.millis();
  }

  /** Somebody sets the wall clock; no time passes. */
  public void stepWallClock(long byMillis) {
    wallStepMillis += byMillis;
  }

  @Override
  public long wallMillis(long millis) {
    return millis == AppendBatch.NEVER ? millis : millis + wallStepMillis;
  }

  @Override
  public void remove(
      QueueId id, List<OffsetRange> ranges, Disposition why, Consumer<Removal> done) {
    writer.execute(
        () -> {
          long before = queue(id).left.size();
          confirmNow(id, ranges, why);
          done.accept(new Removal(AppendOutcome.DURABLE, queue(id).left.size() - before));
        });
  }

  @Override
  public void move(
      QueueId from,
      List<OffsetRange> ranges,
      Disposition why,
      AppendBatch into,
      Consumer<MoveOutcome> done) {
    writer.execute(() -> moveNow(from, ranges, why, into, done));
  }

  private void moveNow(
      QueueId from,
      List<OffsetRange> ranges,
      Disposition why,
      AppendBatch into,
      Consumer<MoveOutcome> done) {
    if (into.size() > mostMoved) {
      done.accept(MoveOutcome.FULL);
      return;
    }
    if (answer != AppendOutcome.DURABLE) {
      done.accept(answer == AppendOutcome.FULL ? MoveOutcome.FULL : MoveOutcome.CLOSED);
      return;
    }
    for (OffsetRange range : ranges) {
      if (!queue(from).left.subMap(range.from(), range.to()).isEmpty()) {
        done.accept(MoveOutcome.GONE);
        return;
      }
    }
    confirmNow(from, ranges, why);
    Runnable tell = commit(into);
    done.accept(MoveOutcome.MOVED);
    tell.run();
  }

  @Override
  public QueueReader reader(QueueId id, Runnable appended) {
    Queue queue = queue(id);
    if (queue.reader != null) {
      throw new IllegalStateException("the queue has an open reader: " + id);
    }
    queue.reader = new Reader(id, queue, appended);
    return queue.reader;
  }

  private final class Reader implements QueueReader {
    private final QueueId id;
    private final Queue queue;
    private final Runnable appended;
    private int next;

    Reader(QueueId id, Queue queue, Runnable appended) {
      this.id = id;
      this.queue = queue;
      this.appended = appended;
    }

    @Override
    public List<Entry> read(int maxEntries, int maxBytes) {
      checkReadable();
      List<Entry> read = new ArrayList<>();
      int bytes = 0;
      for (; next < queue.entries.size() && read.size() < maxEntries; next++) {
        Entry entry = queue.entries.get(next);
        if (!queue.left.containsKey(entry.offset()) && !queue.swept.contains(entry.offset())) {
          bytes += entry.body().length;
          if (!read.isEmpty() && bytes > maxBytes) {
            break;
          }
          read.add(entry);
        }
      }
      Runnable now = duringRead;
      duringRead = () -> {};
      now.run();
      return read;
    }

    @Override
    public long nextDeadline() {
      return queue.owed().stream()
          .filter(this::isSweepable)
          .mapToLong(Entry::deadlineMillis)
          .min()
          .orElse(AppendBatch.NEVER);
    }

    @Override
    public List<Entry> sweep(int maxEntries, int maxBytes) {
      checkReadable();
      List<Entry> due =
          queue.owed().stream()
              .filter(this::isSweepable)
              .filter(entry -> entry.deadlineMillis() <= nowMillis())
              .limit(maxEntries)
              .toList();
      for (Entry entry : due) {
        queue.swept.add(entry.offset());
        writer.execute(() -> expireNow(entry));
      }
      return due;
    }

    /** What has left by then was confirmed before it was swept. */
    private void expireNow(Entry entry) {
      if (!queue.left.containsKey(entry.offset())) {
        OffsetRange range = new OffsetRange(entry.offset(), entry.offset() + 1);
        confirmNow(id, List.of(range), Disposition.EXPIRED);
      }
    }

    private boolean isSweepable(Entry entry) {
      return entry.offset() >= next && !queue.swept.contains(entry.offset());
    }

    private void checkReadable() {
      if (damaged.contains(id)) {
        throw new StoreException(StoreException.Kind.DAMAGED, "a block fails its check", null);
      }
    }

    @Override
    public void close() {
      queue.reader = null;
    }
  }

  @Override
  public Set<QueueId> queues() {
    Set<QueueId> known = new LinkedHashSet<>();
    queues.forEach(
        (id, queue) -> {
          if (!queue.entries.isEmpty()) {
            known.add(id);
          }
        });
    return known;
  }

  @Override
  public List<QueueStats> stats() {
    return queues().stream().map(this::stats).toList();
  }

  @Override
  public QueueStats stats(QueueId id) {
    Queue queue = queue(id);
    List<Entry> owed = queue.owed();
    return new QueueStats(
        id,
        queue.entries.size(),
        new Departures(
            queue.count(Disposition.DELIVERED),
            queue.count(Disposition.EXPIRED),
            queue.count(Disposition.EVICTED),
            queue.count(Disposition.DEAD_LETTERED),
            queue.count(Disposition.DROPPED),
            0,
            queue.count(Disposition.MOVED)),
        owed.size(),
        owed.stream().mapToLong(entry -> entry.body().length).sum(),
        owed.isEmpty() ? 0 : owed.get(0).enqueuedMillis());
  }

  /** What was confirmed, range by range, in the order of the calls. */
  public List<OffsetRange> confirmations(QueueId id) {
    return List.copyOf(queue(id).confirmations);
  }

  /** Runs once in the next read, after the read has looked and before it returns. */
  public void duringNextRead(Runnable action) {
    duringRead = action;
  }

  /** Makes reads of a queue fail. */
  public void damage(QueueId id) {
    damaged.add(id);
  }

  /** Makes every queue readable again. */
  public void mend() {
    damaged.clear();
  }

  /** Has room for moves of no more entries than that. */
  public void moveAtMost(int entries) {
    mostMoved = entries;
  }

  /** What takes entries out is done by that executor from now on, which keeps the order. */
  public void writeBy(Executor executor) {
    writer = executor;
  }

  /** What appends are answered from now on; only {@code DURABLE} ones are kept. */
  public void answerAppends(AppendOutcome outcome) {
    answer = outcome;
  }
}
