package dev.edgehub.store;

import java.util.stream.LongStream;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The expiry index: keys that say which block of which queue to look at when, and nothing else. A
 * block stands under its earliest deadline; a sweep that has looked moves it to the next one that
 * is still owed. A key whose block is gone does no harm: the sweep that comes to it removes it.
 */
final class ExpiryIndex {

  private static final byte[] NOTHING = {};

  private ExpiryIndex() {}

  /** Puts a block under a deadline; one that never expires does not stand in the index. */
  static void put(WriteBatch batch, Database database, int queue, long deadline, long first)
      throws RocksDBException {
    if (deadline != AppendBatch.NEVER) {
      batch.put(database.family(Family.EXPIRY), KeyLayout.expiry(queue, deadline, first), NOTHING);
    }
  }

  /** Deletes a block and its place in the index, unless a sweep has moved that. */
  static void deleteBlock(WriteBatch batch, Database database, int queue, Block.Extent block)
      throws RocksDBException {
    batch.delete(database.family(Family.BLOCK), KeyLayout.block(queue, block.first()));
    if (block.earliest() != AppendBatch.NEVER) {
      batch.delete(
          database.family(Family.EXPIRY), KeyLayout.expiry(queue, block.earliest(), block.first()));
    }
  }

  /** Whether a sweep will come to a block in time; true when nothing that it owes expires. */
  static boolean holds(Database database, QueueState queue, Block block) {
    long owed = AppendBatch.NEVER;
    for (long at = queue.nextOwed(block.first()); at < block.end(); at = queue.nextOwed(at + 1)) {
      owed = Math.min(owed, block.deadlines()[(int) (at - block.first())]);
    }
    long latest = owed;
    return owed == AppendBatch.NEVER
        || LongStream.of(block.deadlines())
            .filter(deadline -> deadline <= latest)
            .distinct()
            .mapToObj(deadline -> KeyLayout.expiry(queue.number(), deadline, block.first()))
            .anyMatch(key -> database.get(Family.EXPIRY, key) != null);
  }

  /**
   * A block that stands elsewhere from now on.
   *
   * @param to {@link AppendBatch#NEVER} takes it out
   */
  record Move(QueueState queue, long first, long end, long from, long to) {

    void addTo(WriteBatch batch, Database database) throws RocksDBException {
      batch.delete(database.family(Family.EXPIRY), KeyLayout.expiry(queue.number(), from, first));
      if (queue.nextOwed(first) < end) {
        put(batch, database, queue.number(), to, first);
      }
    }
  }
}
