package dev.edgehub.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Counts what readers could not read, so that the queue goes on behind it: synced, before anybody
 * is told. Writer thread only.
 */
final class Losses {

  private final Database database;

  Losses(Database database) {
    this.database = database;
  }

  /** Takes a range out of its queue as lost; null when nothing of it was owed any more. */
  @Nullable LossReport record(WriteCommand.Lose command, long nowMillis) {
    QueueState queue = command.queue();
    List<LostRange> lost = new ArrayList<>();
    for (long from = queue.nextOwed(command.range().from()); from < command.range().to(); ) {
      long end = queue.endOfOwed(from, command.range().to());
      lost.add(new LostRange(queue.id(), new OffsetRange(from, end)));
      from = queue.nextOwed(end);
    }
    if (lost.isEmpty()) {
      return null;
    }
    LossReport report =
        new LossReport(
            nowMillis, StoreException.withoutAdvice(command.found()), "", lost, List.of());
    try (WriteBatch batch = new WriteBatch()) {
      if (command.block() >= 0) {
        byte[] key = KeyLayout.block(queue.number(), command.block());
        byte[] value = database.get(Family.BLOCK, key);
        queue.removed(value == null ? 0 : value.length);
        batch.delete(database.family(Family.BLOCK), key);
      }
      for (LostRange part : lost) {
        queue.lose(part.range().from(), part.range().to());
      }
      batch.put(
          database.family(Family.CHECKPOINT),
          KeyLayout.head(queue.number()),
          queue.head().encode());
      LossJournal.of(database).add(report, database, batch);
      database.writeSurely(batch);
    } catch (RocksDBException e) {
      throw new StoreException(
          StoreException.Kind.IO, "cannot build a batch: " + e.getMessage(), e);
    }
    return report;
  }
}
