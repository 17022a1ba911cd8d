package dev.edgehub.mqtt.testing;

import dev.edgehub.store.AppendBatch;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.Departures;
import dev.edgehub.store.Disposition;
import dev.edgehub.store.DocumentStore;
import dev.edgehub.store.Entry;
import dev.edgehub.store.MoveOutcome;
import dev.edgehub.store.OffsetRange;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueReader;
import dev.edgehub.store.QueueStats;
import dev.edgehub.store.QueueStore;
import dev.edgehub.store.Removal;
import dev.edgehub.store.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store that answers when the test says so, on the test's thread. It keeps no entries: readers
 * find nothing.
 */
public final class HeldStore implements Store {

  private final MemoryDocuments documents = new MemoryDocuments();
  private final List<Consumer<AppendOutcome>> appends = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final Deque<Runnable> puts = new ArrayDeque<>();
  private boolean holdingDocuments;
  private boolean answering;

  /** The sizes of the batches appended so far, in messages times sinks. */
  public List<Integer> appended() {
    return List.copyOf(sizes);
  }

  /** Answers an append, by its number from 0. */
  public void answer(int append, AppendOutcome outcome) {
    appends.get(append).accept(outcome);
  }

  /** Appends are durable at once from now on, and not counted: for millions of them. */
  public void answerAll() {
    answering = true;
  }

  /** Documents are durable only after {@link #releaseDocuments}. */
  public void holdDocuments() {
    holdingDocuments = true;
  }

  /** Makes durable what was held. */
  public void releaseDocuments() {
    holdingDocuments = false;
    while (!puts.isEmpty()) {
      puts.remove().run();
    }
  }

  @Override
  public QueueStore queues() {
    return new Queues();
  }

  @Override
  public DocumentStore documents() {
    return new Documents();
  }

  @Override
  public void close() {}

  private final class Queues implements QueueStore {
    @Override
    public void append(AppendBatch batch, Consumer<AppendOutcome> done) {
      if (answering) {
        done.accept(AppendOutcome.DURABLE);
        return;
      }
      sizes.add(batch.size());
      appends.add(done);
    }

    @Override
    public void confirm(QueueId queue, List<OffsetRange> ranges, Disposition why) {}

    @Override
    public long nowMillis() {
      return 0;
    }

    @Override
    public long wallMillis(long millis) {
      return millis;
    }

    @Override
    public void remove(
        QueueId queue, List<OffsetRange> ranges, Disposition why, Consumer<Removal> done) {}

    @Override
    public void move(
        QueueId from,
        List<OffsetRange> ranges,
        Disposition why,
        AppendBatch into,
        Consumer<MoveOutcome> done) {}

    @Override
    public QueueStats stats(QueueId queue) {
      return new QueueStats(queue, 0, Departures.NONE, 0, 0, 0);
    }

    @Override
    public QueueReader reader(QueueId queue, Runnable appended) {
      return new QueueReader() {
        @Override
        public List<Entry> read(int maxEntries, int maxBytes) {
          return List.of();
        }

        @Override
        public long nextDeadline() {
          return AppendBatch.NEVER;
        }

        @Override
        public List<Entry> sweep(int maxEntries, int maxBytes) {
          return List.of();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public Set<QueueId> queues() {
      return Set.of();
    }

    @Override
    public List<QueueStats> stats() {
      return List.of();
    }
  }

  private final class Documents implements DocumentStore {
    @Override
    public void put(String collection, String key, byte[] value, Consumer<AppendOutcome> done) {
      if (holdingDocuments) {
        puts.add(() -> documents.put(collection, key, value, done));
      } else {
        documents.put(collection, key, value, done);
      }
    }

    @Override
    public void remove(String collection, String key, Consumer<AppendOutcome> done) {
      documents.remove(collection, key, done);
    }

    @Override
    public byte @Nullable [] get(String collection, String key) {
      return documents.get(collection, key);
    }

    @Override
    public Map<String, byte[]> all(String collection) {
      return documents.all(collection);
    }
  }
}
