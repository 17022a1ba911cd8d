package dev.edgehub.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * One commit: the entries of many appends become one block value per queue, in one batch with the
 * queues' tail records, the documents, and the heads that wait. Nothing outside this class changes
 * until the batch is written. Writer thread only.
 */
final class Group implements AutoCloseable {

  private static final int BATCH_BYTES = 1 << 20;
  private static final long KEPT_BATCH_BYTES = 16L << 20;

  private final Database database;
  private final QueueDirectory directory;
  private final Confirmations confirmations;
  private final StoreClock clock;
  private final BlockEncoder encoder = new BlockEncoder();
  private final ByteBuffer blockKey = ByteBuffer.allocateDirect(KeyLayout.BLOCK_KEY_BYTES);
  private final Map<QueueState, Lane> lanes = new LinkedHashMap<>();
  private final List<WriteCommand.Document> documents = new ArrayList<>();
  private final List<WriteCommand> awaited = new ArrayList<>();
  private WriteBatch batch = new WriteBatch(BATCH_BYTES);
  private @Nullable Lane lastLane;
  private @Nullable Leaving leaving;
  private int entries;
  private long bodyBytes;
  private StoreClock.@Nullable Stamp clockWritten;

  Group(
      Database database, QueueDirectory directory, Confirmations confirmations, StoreClock clock) {
    this.database = database;
    this.directory = directory;
    this.confirmations = confirmations;
    this.clock = clock;
  }

  void add(WriteCommand.Append append) {
    add(append.batch());
    awaited.add(append);
  }

  private void add(AppendBatch appended) {
    for (AppendBatch.Item item : appended.items()) {
      Lane lane = lane(item.queue());
      lane.items.add(item);
      lane.bodyBytes += item.body().length;
    }
    entries += appended.size();
    bodyBytes += appended.bytes();
  }

  /** The one move of a group that holds nothing else: what leaves is worked out already. */
  void add(WriteCommand.Move move, Leaving out) {
    leaving = out;
    add(move.into());
    awaited.add(move);
  }

  /** A removal that has been applied: told with the commit that writes it. */
  void add(WriteCommand.Confirm confirm) {
    awaited.add(confirm);
  }

  void add(WriteCommand.Document document) {
    documents.add(document);
    bodyBytes += document.bytes();
    awaited.add(document);
  }

  /** Neighbours in a batch are mostly of one queue: the last lane is tried first. */
  private Lane lane(QueueId id) {
    Lane last = lastLane;
    if (last == null || !last.queue.id().equals(id)) {
      last = lanes.computeIfAbsent(directory.of(id), Lane::new);
      lastLane = last;
    }
    return last;
  }

  /** The bytes that a queue is about to get, at least. */
  long pending(QueueState queue) {
    Lane lane = lanes.get(queue);
    return lane == null ? 0 : lane.bodyBytes + (long) lane.items.size() * BlockCodec.ENTRY_BYTES;
  }

  boolean isAwaited() {
    return !awaited.isEmpty();
  }

  int entries() {
    return entries;
  }

  long bodyBytes() {
    return bodyBytes;
  }

  /** Writes everything gathered; false when the disk is full, and then nothing has changed. */
  boolean write(boolean durable) {
    try {
      fill(clock.now());
    } catch (RocksDBException e) {
      throw unbuilt(e);
    }
    boolean written = database.write(batch, durable);
    if (batch.getDataSize() > KEPT_BATCH_BYTES) {
      batch.close();
      batch = new WriteBatch(BATCH_BYTES);
    } else {
      batch.clear();
    }
    return written;
  }

  private static StoreException unbuilt(RocksDBException e) {
    return new StoreException(StoreException.Kind.IO, "cannot build a batch: " + e.getMessage(), e);
  }

  private void fill(StoreClock.Stamp now) throws RocksDBException {
    for (Lane lane : lanes.values()) {
      encode(lane, now);
    }
    for (WriteCommand.Document document : documents) {
      byte[] value = document.value();
      if (value == null) {
        batch.delete(database.family(Family.DOCUMENT), document.key());
      } else {
        batch.put(database.family(Family.DOCUMENT), document.key(), Sealed.seal(value));
      }
    }
    confirmations.addTo(batch);
    Leaving moved = leaving;
    if (moved != null) {
      moved.addTo(batch, database);
    }
    if (StoreClock.isDue(clockWritten, now)) {
      batch.put(database.family(Family.META), KeyLayout.CLOCK, StoreClock.record(now));
      clockWritten = now;
    }
  }

  /**
   * For the next opening: the moment up to which the store's time is known. False when there is no
   * room, and then the database takes no more.
   */
  boolean writeClock() {
    try (WriteBatch last = new WriteBatch()) {
      last.put(database.family(Family.META), KeyLayout.CLOCK, StoreClock.record(clock.now()));
      return database.write(last, false);
    } catch (RocksDBException e) {
      throw unbuilt(e);
    }
  }

  private void encode(Lane lane, StoreClock.Stamp now) throws RocksDBException {
    QueueState queue = lane.queue;
    if (!queue.hasNumber()) {
      queue.number(directory.newNumber());
    }
    if (queue.committed() == 0) {
      batch.put(
          database.family(Family.META),
          KeyLayout.queueName(queue.number()),
          QueueDirectory.nameRecord(queue.id()));
    }
    lane.committedMillis = now.storeMillis();
    lane.next = queue.committed();
    for (AppendBatch.Item item : lane.items) {
      if (encoder.isFullFor(item.body().length)) {
        endBlock(lane);
      }
      encoder.add(item.deadlineMillis(), item.body());
    }
    endBlock(lane);
    batch.put(
        database.family(Family.CHECKPOINT),
        KeyLayout.tail(queue.number()),
        queue.tail(lane.next, lane.valueBytes).encode());
  }

  private void endBlock(Lane lane) throws RocksDBException {
    int queue = lane.queue.number();
    int count = encoder.count();
    ByteBuffer value = encoder.finish(queue, lane.next, lane.committedMillis);
    int valueBytes = value.remaining();
    blockKey.clear().putInt(queue).putLong(lane.next).flip();
    batch.put(database.family(Family.BLOCK), blockKey, value);
    long earliest = encoder.earliest();
    ExpiryIndex.put(batch, database, queue, earliest, lane.next);
    encoder.restart();
    lane.extents.add(new Block.Extent(lane.next, count, valueBytes, earliest));
    lane.next += count;
    lane.valueBytes += valueBytes;
  }

  /** Puts in force what was written; returns the bytes that the queues have grown by. */
  long publish() {
    long grown = 0;
    for (Lane lane : lanes.values()) {
      lane.publish();
      grown += lane.valueBytes;
    }
    Leaving moved = leaving;
    return moved == null ? grown : grown - moved.publish();
  }

  /** Forgets what was gathered; returns who waits for it, and the queues it touched. */
  Done end() {
    Done done = new Done(List.copyOf(awaited), List.copyOf(lanes.keySet()));
    lanes.clear();
    lastLane = null;
    leaving = null;
    documents.clear();
    awaited.clear();
    entries = 0;
    bodyBytes = 0;
    return done;
  }

  /** Whom a commit concerns. */
  record Done(List<WriteCommand> awaited, List<QueueState> queues) {}

  @Override
  public void close() {
    batch.close();
  }

  /** What one queue gets in this commit. */
  static final class Lane {
    final QueueState queue;
    final List<AppendBatch.Item> items = new ArrayList<>();
    final List<Block.Extent> extents = new ArrayList<>(1);
    long committedMillis;
    long bodyBytes;
    long next;
    long valueBytes;

    Lane(QueueState queue) {
      this.queue = queue;
    }

    /**
     * In this order: a reader that sees the end finds the blocks, and what is noted is readable.
     */
    void publish() {
      BlockReader reader = queue.reader();
      if (reader != null) {
        offer(reader.tail());
      }
      queue.appended(next, valueBytes);
      BlockReader present = queue.reader(); // one that came in between may have looked too early
      if (present != null) {
        extents.forEach(extent -> present.sweeper().note(extent.earliest()));
      }
    }

    /** Keeps the blocks for a reader that is right behind, as far as there is room. */
    private void offer(Tail tail) {
      int at = 0;
      for (Block.Extent extent : extents) {
        if (tail.hasRoom(extent.valueBytes())) {
          tail.add(block(extent, items.subList(at, at + extent.count())));
          queue.hand(extent);
        }
        at += extent.count();
      }
    }

    private Block block(Block.Extent extent, List<AppendBatch.Item> part) {
      long[] deadlines = new long[part.size()];
      byte[][] bodies = new byte[part.size()][];
      for (int i = 0; i < bodies.length; i++) {
        deadlines[i] = part.get(i).deadlineMillis();
        bodies[i] = part.get(i).body();
      }
      return new Block(
          extent.first(),
          committedMillis,
          extent.earliest(),
          deadlines,
          bodies,
          extent.valueBytes());
    }
  }
}
