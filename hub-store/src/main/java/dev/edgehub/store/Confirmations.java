package dev.edgehub.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Confirmed offsets on their way to the disk: counted at once in {@link QueueState}, written as one
 * head record per queue together with the deletes of the blocks that it makes superfluous. Writer
 * thread only.
 */
final class Confirmations {

  /** Disk look-ups of one turn: a purge of millions does not keep appends waiting. */
  private static final int LOOKUPS_PER_TURN = 128;

  private final Database database;
  private final BlockFinder finder;
  private final Map<QueueState, List<Block.Extent>> unwritten = new LinkedHashMap<>();
  private final List<ExpiryIndex.Move> moves = new ArrayList<>();

  Confirmations(Database database) {
    this.database = database;
    finder = new BlockFinder(database);
  }

  /**
   * Applies a command block by block as far as this turn's budget goes; what is left stays in the
   * command. Returns the bytes of the blocks that nobody is owed any more.
   */
  long apply(WriteCommand.Confirm command) {
    long freed = 0;
    QueueState queue = command.queue();
    for (OffsetRange range = command.ranges().poll();
        range != null;
        range = command.ranges().poll()) {
      long at = queue.nextOwed(range.from());
      while (at < range.to()) {
        if (finder.lookups() >= LOOKUPS_PER_TURN) {
          command.ranges().addFirst(new OffsetRange(at, range.to()));
          return freed;
        }
        Block.Extent block = finder.find(queue, at);
        long end = Math.min(range.to(), block.end());
        freed += leave(command, block, at, end);
        at = queue.nextOwed(end);
      }
    }
    return freed;
  }

  /** Applies what a sweep found; returns the bytes of the blocks that nobody is owed any more. */
  long apply(WriteCommand.Expire command) {
    long freed = 0;
    QueueState queue = command.queue();
    for (WriteCommand.Expire.Part part : command.parts()) {
      for (OffsetRange range : part.ranges()) {
        // others may have taken them out since, and the block with them
        if (queue.nextOwed(range.from()) < range.to()) {
          queue.confirm(range.from(), range.to(), Disposition.EXPIRED);
          freed += left(queue, part.block());
        }
      }
    }
    moves.addAll(command.moves());
    return freed;
  }

  /** Takes out of its queue what is still owed of a block; returns how many entries that was. */
  long evict(QueueState queue, Block.Extent block) {
    long owed = queue.owedIn(block.first(), block.end());
    queue.confirm(block.first(), block.end(), Disposition.EVICTED);
    left(queue, block);
    return owed;
  }

  private long leave(WriteCommand.Confirm command, Block.Extent block, long from, long to) {
    QueueState queue = command.queue();
    long fresh = queue.confirm(from, to, command.why());
    WriteCommand.Tally tally = command.tally();
    if (tally != null) {
      tally.add(fresh);
    }
    return left(queue, block);
  }

  /** Something of a block has left; returns its bytes when that was the last of it. */
  private long left(QueueState queue, Block.Extent block) {
    List<Block.Extent> emptied = unwritten.computeIfAbsent(queue, any -> new ArrayList<>());
    if (!queue.isConfirmed(block)) {
      return 0;
    }
    queue.removed(block.valueBytes());
    queue.forget(block);
    emptied.add(block);
    return block.valueBytes();
  }

  /** What a move takes out of its queue; null when some of it has left already. */
  @Nullable Leaving leaving(WriteCommand.Move move) {
    return Leaving.of(move, finder);
  }

  boolean hasUnwritten() {
    return !unwritten.isEmpty() || !moves.isEmpty();
  }

  void addTo(WriteBatch batch) throws RocksDBException {
    for (ExpiryIndex.Move move : moves) {
      move.addTo(batch, database);
    }
    for (Map.Entry<QueueState, List<Block.Extent>> entry : unwritten.entrySet()) {
      QueueState queue = entry.getKey();
      for (Block.Extent block : entry.getValue()) {
        ExpiryIndex.deleteBlock(batch, database, queue.number(), block);
      }
      batch.put(
          database.family(Family.CHECKPOINT),
          KeyLayout.head(queue.number()),
          queue.head().encode());
    }
  }

  void written() {
    unwritten.clear();
    moves.clear();
  }

  void endTurn() {
    finder.release();
  }
}
