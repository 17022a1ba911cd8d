package dev.edgehub.deadletter;

import dev.edgehub.message.MessageCodec;
import dev.edgehub.message.SinkId;
import dev.edgehub.message.UnreadableMessageException;
import dev.edgehub.store.AppendBatch;
import dev.edgehub.store.Disposition;
import dev.edgehub.store.Entry;
import dev.edgehub.store.MoveOutcome;
import dev.edgehub.store.OffsetRange;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueReader;
import dev.edgehub.store.QueueStats;
import dev.edgehub.store.QueueStore;
import dev.edgehub.store.Removal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dead letters of all sinks. Any thread may use it; what an operator asks for reads the disk
 * and waits for the store.
 */
public final class DeadLetters {

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final int CHUNK = 256;
  private static final int CHUNK_BYTES = 1 << 20;

  private final QueueStore store;
  private final DeadLetterLimits limits;
  private final Executor executor;
  private final DeadLetterListener listener;

  /** A queue has one reader at a time. */
  private final Object reading = new Object();

  /**
   * The dead letters that a store holds.
   *
   * @param executor makes room for new ones; may be blocked by the disk
   */
  public DeadLetters(
      QueueStore store, DeadLetterLimits limits, Executor executor, DeadLetterListener listener) {
    this.store = store;
    this.limits = limits;
    this.executor = executor;
    this.listener = listener;
  }

  /**
   * Moves entries out of a sink's queue to its dead letters, in one write. Returns at once.
   *
   * @param from the queue of the sink that they are in
   * @param letters at most {@link QueueStore#MOST_MOVED}, in any order, each offset once
   * @param done told once, on the store's writer thread
   */
  public void bury(
      SinkId sink, QueueId from, List<DeadLetter> letters, Consumer<MoveOutcome> done) {
    QueueId grave = DeadLetterQueues.of(sink);
    AppendBatch into = new AppendBatch();
    letters.forEach(letter -> into.add(grave, AppendBatch.NEVER, DeadLetterCodec.encode(letter)));
    List<Long> offsets = letters.stream().map(DeadLetter::offset).sorted().toList();
    store.move(
        from,
        ranges(offsets),
        Disposition.DEAD_LETTERED,
        into,
        outcome -> {
          done.accept(outcome);
          if (outcome == MoveOutcome.MOVED) {
            executor.execute(() -> makeRoom(sink));
          }
        });
  }

  /** Takes out the oldest beyond the limits, but never the only one. */
  private void makeRoom(SinkId sink) {
    QueueId grave = DeadLetterQueues.of(sink);
    List<Long> oldest = new ArrayList<>();
    synchronized (reading) {
      QueueStats stats = store.stats(grave);
      long most = stats.depth() - 1;
      long tooMany = Math.min(most, stats.depth() - limits.entries());
      long tooMuch = stats.bytes() - limits.bytes();
      if (tooMany <= 0 && tooMuch <= 0) {
        return;
      }
      long freed = 0;
      try (QueueReader reader = store.reader(grave, () -> {})) {
        for (Entry entry : reader.read(CHUNK, CHUNK_BYTES)) {
          boolean wanted = oldest.size() < tooMany || freed < tooMuch;
          if (wanted && oldest.size() < most) {
            oldest.add(entry.offset());
            freed += entry.body().length;
          }
        }
      }
    }
    if (!oldest.isEmpty()) {
      store.remove(
          grave,
          ranges(oldest),
          Disposition.EVICTED,
          removal -> {
            log.warn(
                "The oldest dead letters made room for new ones sink={} letters={} why=\"{}\"",
                sink,
                removal.entries(),
                "more than limits.deadLetters or limits.deadLetterBytes");
            listener.deadLettersEvicted(sink, removal.entries());
          });
    }
  }

  /** Every sink that ever had dead letters, with their figures. */
  public List<DeadLetterSummary> summaries() {
    List<DeadLetterSummary> all = new ArrayList<>();
    for (QueueId queue : store.queues()) {
      DeadLetterQueues.sinkOf(queue)
          .ifPresent(sink -> all.add(new DeadLetterSummary(sink, store.stats(queue))));
    }
    return all;
  }

  /** Hands over a sink's dead letters, oldest first. */
  public void each(SinkId sink, Consumer<FiledLetter> taker) {
    chunks(
        sink,
        entries -> {
          entries.forEach(entry -> taker.accept(file(entry)));
          return true;
        });
  }

  /** Those that are there now: what was put back may be refused, and be here again, at once. */
  private void chunks(SinkId sink, Predicate<List<Entry>> goOn) {
    QueueId grave = DeadLetterQueues.of(sink);
    synchronized (reading) {
      long end = store.stats(grave).appended();
      try (QueueReader reader = store.reader(grave, () -> {})) {
        boolean more = true;
        while (more) {
          List<Entry> entries =
              reader.read(CHUNK, CHUNK_BYTES).stream().filter(e -> e.offset() < end).toList();
          more = !entries.isEmpty() && goOn.test(entries);
        }
      }
    }
  }

  private static FiledLetter file(Entry entry) {
    try {
      DeadLetter letter = DeadLetterCodec.decode(entry.body());
      return new FiledLetter(entry.offset(), entry.body().length, letter, "");
    } catch (UnreadableMessageException e) {
      return new FiledLetter(entry.offset(), entry.body().length, null, "" + e.getMessage());
    }
  }

  /**
   * Puts dead letters back at the end of the queues they were in. Those whose deadline has passed
   * and those that are no messages stay.
   *
   * @param id the one to put back; empty: all
   * @param ttlMillis a new time to live from now on, at least 1; empty: the old deadline counts
   */
  public Retried retry(SinkId sink, OptionalLong id, OptionalLong ttlMillis) {
    Retried.Count count = new Retried.Count();
    chunks(
        sink,
        entries -> {
          retry(sink, entries.stream().filter(entry -> is(id, entry)).toList(), ttlMillis, count);
          return count.trouble().isEmpty();
        });
    return count.sum();
  }

  /** A moment of a letter by the wall clock as it goes now; for ever stays for ever. */
  public long wallMillis(long millis) {
    return store.wallMillis(millis);
  }

  private static boolean is(OptionalLong id, Entry entry) {
    return id.isEmpty() || id.getAsLong() == entry.offset();
  }

  private void retry(
      SinkId sink, List<Entry> entries, OptionalLong ttlMillis, Retried.Count count) {
    long now = store.nowMillis();
    AppendBatch into = new AppendBatch();
    List<Long> ids = new ArrayList<>();
    for (Entry entry : entries) {
      DeadLetter letter = file(entry).letter();
      if (letter == null || !isMessage(letter.stored())) {
        count.unreadable();
      } else if (ttlMillis.isEmpty() && letter.deadlineMillis() <= now) {
        count.overdue();
      } else {
        long deadline =
            ttlMillis.isPresent() ? now + ttlMillis.getAsLong() : letter.deadlineMillis();
        into.add(new QueueId(sink.name(), letter.priority()), deadline, letter.stored());
        ids.add(entry.offset());
      }
    }
    if (!ids.isEmpty()) {
      CompletableFuture<MoveOutcome> told = new CompletableFuture<>();
      store.move(DeadLetterQueues.of(sink), ranges(ids), Disposition.MOVED, into, told::complete);
      count.moved(ids.size(), Answers.of(told));
    }
  }

  private static boolean isMessage(byte[] stored) {
    try {
      MessageCodec.decode(stored);
      return true;
    } catch (UnreadableMessageException e) {
      return false;
    }
  }

  /**
   * Drops dead letters for good.
   *
   * @param id the one to drop; empty: all there are now
   * @return how many there were
   */
  public Removal drop(SinkId sink, OptionalLong id) {
    QueueId grave = DeadLetterQueues.of(sink);
    long appended = store.stats(grave).appended();
    long from = id.orElse(0);
    long to = id.isPresent() ? Math.min(appended, from + 1) : appended;
    CompletableFuture<Removal> told = new CompletableFuture<>();
    List<OffsetRange> range = from < to ? List.of(new OffsetRange(from, to)) : List.of();
    store.remove(grave, range, Disposition.DROPPED, told::complete);
    return Answers.of(told);
  }

  /** Offsets, ascending, as ranges that are apart. */
  private static List<OffsetRange> ranges(List<Long> offsets) {
    List<OffsetRange> ranges = new ArrayList<>();
    for (long offset : offsets) {
      int last = ranges.size() - 1;
      if (last >= 0 && ranges.get(last).to() == offset) {
        ranges.set(last, new OffsetRange(ranges.get(last).from(), offset + 1));
      } else {
        ranges.add(new OffsetRange(offset, offset + 1));
      }
    }
    return ranges;
  }
}
