package dev.edgehub.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The half of a move that takes entries out of their queue: worked out before the write that also
 * holds the appends, in force only after it, so that a write that fails has changed nothing. Writer
 * thread only.
 */
final class Leaving {

  private final QueueState queue;
  private final List<OffsetRange> ranges;
  private final Disposition why;
  private final Set<Block.Extent> emptied;
  private final HeadRecord head;

  private Leaving(
      QueueState queue,
      List<OffsetRange> ranges,
      Disposition why,
      Set<Block.Extent> emptied,
      HeadRecord head) {
    this.queue = queue;
    this.ranges = ranges;
    this.why = why;
    this.emptied = emptied;
    this.head = head;
  }

  /**
   * Works it out.
   *
   * @param finder asked for the blocks of the entries
   * @return null when one of the entries has left already
   */
  static @Nullable Leaving of(WriteCommand.Move move, BlockFinder finder) {
    QueueState queue = move.from();
    HeadRecord before = queue.head();
    OffsetRanges confirmed = before.confirmed();
    long leaving = 0;
    for (OffsetRange range : move.ranges()) {
      long size = range.to() - range.from();
      if (confirmed.add(range.from(), range.to()) != size) {
        return null;
      }
      leaving += size;
    }
    Set<Block.Extent> emptied = new LinkedHashSet<>();
    long bytes = 0;
    for (OffsetRange range : move.ranges()) {
      for (long at = range.from(); at < range.to(); ) {
        Block.Extent block = finder.find(queue, at);
        if (confirmed.covers(block.first(), block.end()) && emptied.add(block)) {
          bytes += block.valueBytes();
        }
        at = block.end();
      }
    }
    HeadRecord head =
        new HeadRecord(
            before.left().plus(move.why(), leaving),
            before.removedBytes() + bytes,
            confirmed.prefix(),
            confirmed.above());
    return new Leaving(queue, move.ranges(), move.why(), emptied, head);
  }

  void addTo(WriteBatch batch, Database database) throws RocksDBException {
    for (Block.Extent block : emptied) {
      ExpiryIndex.deleteBlock(batch, database, queue.number(), block);
    }
    batch.put(database.family(Family.CHECKPOINT), KeyLayout.head(queue.number()), head.encode());
  }

  /** It has been written; returns the bytes of the blocks that nobody is owed any more. */
  long publish() {
    long freed = 0;
    for (OffsetRange range : ranges) {
      queue.confirm(range.from(), range.to(), why);
    }
    for (Block.Extent block : emptied) {
      queue.removed(block.valueBytes());
      queue.forget(block);
      freed += block.valueBytes();
    }
    return freed;
  }
}
