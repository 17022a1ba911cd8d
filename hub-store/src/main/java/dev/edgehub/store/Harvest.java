package dev.edgehub.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Takes in whatever can be read of a damaged store, in any order and as often as it is found, and
 * keeps in a new database what is as it was written. Blocks never change and records only grow, so
 * the furthest of all copies is the right one.
 */
final class Harvest implements AutoCloseable {

  private static final long BATCH_BYTES = 4L << 20;

  private final Database into;
  private final WriteBatch batch = new WriteBatch();
  private final Map<Integer, QueueId> names = new TreeMap<>();
  private final Map<Integer, TailRecord> tails = new HashMap<>();
  private final Map<Integer, HeadRecord> heads = new HashMap<>();
  private final Set<String> remarks = new HashSet<>();
  private StoreClock.@Nullable Stamp clock;
  private long latestCommit;
  private long records;

  Harvest(Database into) {
    this.into = into;
  }

  /** How many good records came in, copies counted. */
  long records() {
    return records;
  }

  /** What the high-water file knows: no record of the database, but names and numbers. */
  void mark(HighWater mark) {
    for (HighWater.Queue queue : mark.queues()) {
      names.putIfAbsent(queue.number(), queue.id());
      further(queue.number(), queue.tail());
      further(queue.number(), queue.head());
    }
  }

  /** One record; what is not as it was written is left out. */
  void put(Family family, byte[] key, byte[] value) {
    try {
      switch (family) {
        case META -> meta(key, value);
        case BLOCK -> block(key, value);
        case CHECKPOINT -> checkpoint(key, value);
        case DOCUMENT -> document(key, value);
        case EXPIRY -> {} // made anew with the blocks
      }
      records++;
    } catch (StoreException damaged) {
      if (family == Family.DOCUMENT) {
        remarks.add("a document fails its checksum: " + KeyLayout.describeDocument(key));
      }
    }
  }

  private void meta(byte[] key, byte[] value) {
    if (key.length == 5 && key[0] == 'q') {
      names.put(KeyLayout.number(key, 1), QueueDirectory.restoreName(value));
    } else if (key.length == 1 && key[0] == 'c') {
      StoreClock.Stamp seen = StoreClock.restore(value);
      StoreClock.Stamp known = clock;
      clock = known == null || seen.storeMillis() > known.storeMillis() ? seen : known;
    } else if (key.length == 5 && key[0] == 'l') {
      LossJournal.decode(value);
      keep(Family.META, key, value);
    }
  }

  private void block(byte[] key, byte[] value) {
    if (key.length != KeyLayout.BLOCK_KEY_BYTES) {
      throw Sealed.damaged("a block", "has a key of " + key.length + " bytes");
    }
    int queue = KeyLayout.queue(key);
    Block block = BlockCodec.decode(queue, KeyLayout.first(key), value);
    keep(Family.BLOCK, key, value);
    try {
      ExpiryIndex.put(batch, into, queue, block.earliest(), block.first());
    } catch (RocksDBException e) {
      throw unbuilt(e);
    }
    latestCommit = Math.max(latestCommit, block.committedMillis());
  }

  private void checkpoint(byte[] key, byte[] value) {
    if (key.length != 5) {
      throw Sealed.damaged("a checkpoint", "has a key of " + key.length + " bytes");
    }
    int number = KeyLayout.number(key, 0);
    if (key[4] == 't') {
      further(number, TailRecord.decode(value, "queue number " + number));
    } else if (key[4] == 'h') {
      further(number, HeadRecord.decode(value, "queue number " + number));
    }
  }

  private void document(byte[] key, byte[] value) {
    Sealed.contents(value, "a document");
    keep(Family.DOCUMENT, key, value);
  }

  void deleteDocument(byte[] key) {
    try {
      batch.delete(into.family(Family.DOCUMENT), key);
    } catch (RocksDBException e) {
      throw unbuilt(e);
    }
  }

  private void further(int number, TailRecord tail) {
    tails.merge(number, tail, (a, b) -> a.next() >= b.next() ? a : b);
  }

  private void further(int number, HeadRecord head) {
    heads.merge(number, head, (a, b) -> a.left().total() >= b.left().total() ? a : b);
  }

  private void keep(Family family, byte[] key, byte[] value) {
    try {
      batch.put(into.family(family), key, value);
    } catch (RocksDBException e) {
      throw unbuilt(e);
    }
    if (batch.getDataSize() >= BATCH_BYTES) {
      flush();
    }
  }

  private void flush() {
    if (!into.write(batch, false)) {
      throw new StoreException(
          StoreException.Kind.IO, "no space left for what can be read of a damaged store", null);
    }
    batch.clear();
  }

  /** Which entries would be lost if nothing more came in. */
  List<LostRange> missing() {
    flush();
    List<LostRange> lost = new ArrayList<>();
    for (int number : names.keySet()) {
      lost.addAll(mend(number, false).lost());
    }
    return lost;
  }

  /** Completes the new database; what it lacks is in the answer. */
  Gathered finish() {
    flush();
    List<LostRange> lost = new ArrayList<>();
    List<String> told = new ArrayList<>(remarks);
    dropNameless(told);
    try {
      for (Map.Entry<Integer, QueueId> name : names.entrySet()) {
        int number = name.getKey();
        QueueMend.Result result = mend(number, true);
        lost.addAll(result.lost());
        QueueRecords.put(batch, into, number, name.getValue(), result);
        if (!tails.containsKey(number)) {
          told.add("where " + name.getValue() + " ended is not known");
        }
      }
      if (clock != null || latestCommit > 0) {
        batch.put(into.family(Family.META), KeyLayout.CLOCK, StoreClock.record(lastSeen()));
      }
    } catch (RocksDBException e) {
      throw unbuilt(e);
    }
    flush();
    return new Gathered(lost, told.stream().sorted().toList());
  }

  /** Without the clock's record: the store's time is at least that of its latest block. */
  private StoreClock.Stamp lastSeen() {
    StoreClock.Stamp seen = clock;
    return seen == null ? new StoreClock.Stamp(latestCommit, 0, 0, latestCommit) : seen;
  }

  /** What was lost, and what else to say. */
  record Gathered(List<LostRange> lost, List<String> remarks) {}

  private QueueMend.Result mend(int number, boolean delete) {
    QueueMend mend =
        new QueueMend(
            names.getOrDefault(number, NAMELESS),
            tails.getOrDefault(number, TailRecord.EMPTY),
            heads.getOrDefault(number, HeadRecord.EMPTY));
    BlockHeaders.each(
        into,
        number,
        block -> {
          if (!mend.keeps(block) && delete) {
            drop(number, block);
          }
        });
    return mend.finish();
  }

  private static final QueueId NAMELESS = new QueueId("?", 0);

  /** Blocks of a queue that nobody knows the name of cannot be delivered. */
  private void dropNameless(List<String> told) {
    Set<Integer> nameless = new HashSet<>(tails.keySet());
    nameless.addAll(BlockHeaders.queues(into));
    nameless.removeAll(names.keySet());
    for (int number : nameless) {
      long[] entries = new long[1];
      BlockHeaders.each(
          into,
          number,
          block -> {
            entries[0] += block.count();
            drop(number, block);
          });
      told.add(
          "the name of queue number "
              + number
              + " is lost, and with it "
              + entries[0]
              + " entries that can be read; they are in the quarantine");
    }
  }

  private void drop(int number, Block.Extent block) {
    try {
      ExpiryIndex.deleteBlock(batch, into, number, block);
    } catch (RocksDBException e) {
      throw unbuilt(e);
    }
  }

  private static StoreException unbuilt(RocksDBException e) {
    return new StoreException(StoreException.Kind.IO, "cannot build a batch: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    batch.close();
  }
}
