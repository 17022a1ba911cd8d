package dev.edgehub.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** The queues' door: checks what callers bring, and leaves the rest to the writer. */
final class RocksQueueStore implements QueueStore {

  private final Database database;
  private final QueueDirectory directory;
  private final StoreWriter writer;
  private final StoreClock clock;
  private final int tailBytes;

  RocksQueueStore(
      Database database,
      QueueDirectory directory,
      StoreWriter writer,
      StoreClock clock,
      int tailBytes) {
    this.database = database;
    this.directory = directory;
    this.writer = writer;
    this.clock = clock;
    this.tailBytes = tailBytes;
  }

  @Override
  public void append(AppendBatch batch, Consumer<AppendOutcome> done) {
    writer.submit(new WriteCommand.Append(batch, done));
  }

  @Override
  public void confirm(QueueId queue, List<OffsetRange> ranges, Disposition why) {
    QueueState state = directory.of(queue);
    check(state, ranges);
    if (!ranges.isEmpty()) {
      writer.submit(new WriteCommand.Confirm(state, ranges, why, null));
    }
  }

  @Override
  public void remove(
      QueueId queue, List<OffsetRange> ranges, Disposition why, Consumer<Removal> done) {
    QueueState state = directory.of(queue);
    check(state, ranges);
    writer.submit(new WriteCommand.Confirm(state, ranges, why, new WriteCommand.Tally(done)));
  }

  @Override
  public void move(
      QueueId from,
      List<OffsetRange> ranges,
      Disposition why,
      AppendBatch into,
      Consumer<MoveOutcome> done) {
    QueueState state = directory.of(from);
    check(state, ranges);
    long entries = 0;
    long end = -1;
    for (OffsetRange range : ranges) {
      if (range.from() <= end) {
        throw new IllegalArgumentException("ranges that are not ascending and apart: " + ranges);
      }
      end = range.to();
      entries += range.to() - range.from();
    }
    if (entries > MOST_MOVED || into.size() > MOST_MOVED) {
      throw new IllegalArgumentException(
          "a move takes at most " + MOST_MOVED + " entries, not " + entries);
    }
    writer.submit(new WriteCommand.Move(state, ranges, why, into, done));
  }

  private static void check(QueueState state, List<OffsetRange> ranges) {
    long committed = state.committed();
    for (OffsetRange range : ranges) {
      if (range.to() > committed) {
        throw new IllegalArgumentException(
            range + " is beyond the " + committed + " entries appended to " + state.id());
      }
    }
  }

  @Override
  public long nowMillis() {
    if (clock.noticesStep()) {
      // the commit of an empty batch persists the clock, before a restart takes the step for time
      writer.submit(new WriteCommand.Append(new AppendBatch(), outcome -> {}));
    }
    return clock.nowMillis();
  }

  @Override
  public long wallMillis(long millis) {
    return clock.wallMillis(millis);
  }

  @Override
  public QueueReader reader(QueueId queue, Runnable appended) {
    QueueState state = directory.of(queue);
    BlockReader reader =
        new BlockReader(
            state,
            database,
            writer,
            clock,
            tailBytes,
            Objects.requireNonNull(appended, "appended"));
    if (!state.attach(reader)) {
      throw new IllegalStateException("the queue has an open reader: " + queue);
    }
    return reader;
  }

  @Override
  public Set<QueueId> queues() {
    Set<QueueId> known = new HashSet<>();
    for (QueueState queue : directory.all()) {
      if (queue.committed() > 0) {
        known.add(queue.id());
      }
    }
    return known;
  }

  @Override
  public List<QueueStats> stats() {
    List<QueueStats> all = new ArrayList<>();
    for (QueueState queue : directory.all()) {
      if (queue.committed() > 0) {
        all.add(stats(queue));
      }
    }
    return all;
  }

  @Override
  public QueueStats stats(QueueId queue) {
    return stats(directory.of(queue));
  }

  private QueueStats stats(QueueState queue) {
    long oldest = 0;
    long prefix = queue.nextOwed(0);
    if (prefix < queue.committed()) {
      long committed = moment(queue, prefix);
      oldest = committed == 0 ? 0 : clock.wallMillis(committed);
    }
    return queue.stats(oldest);
  }

  /** When the entry was committed; 0 when it has left in the meantime, or cannot be looked at. */
  private long moment(QueueState queue, long offset) {
    try {
      return committedOnDisk(queue, offset);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.DAMAGED && database.isOpen()) {
        throw e;
      }
      return 0; // whoever reads the entry will say so; a full disk keeps nobody from counting
    }
  }

  private long committedOnDisk(QueueState queue, long offset) {
    ByteBuffer header = ByteBuffer.allocateDirect(BlockCodec.HEADER_BYTES);
    return database.scan(
        Family.BLOCK,
        cursor -> {
          cursor.seekForPrev(KeyLayout.block(queue.number(), offset));
          if (!cursor.isValid() || ByteBuffer.wrap(cursor.key()).getInt() != queue.number()) {
            return 0L;
          }
          cursor.value(header);
          String what = BlockCodec.describe(queue.number(), offset);
          return BlockCodec.header(header.position(0), what).committedMillis();
        });
  }
}
