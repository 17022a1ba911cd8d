package dev.edgehub.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Compares the queues as the database has them with the high-water file. A log that has lost its
 * end looks like a log that ends there; only here it shows.
 */
final class LostTails {

  private final Database database;
  private final QueueDirectory directory;

  LostTails(Database database, QueueDirectory directory) {
    this.database = database;
    this.directory = directory;
  }

  /**
   * Mends every queue that has gone back, and writes that.
   *
   * @return what it cost, or null when no queue has gone back
   */
  @Nullable LossReport mend(HighWater mark, long nowMillis) {
    List<LostRange> lost = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    boolean wentBack = false;
    try (WriteBatch batch = new WriteBatch()) {
      for (HighWater.Queue seen : mark.queues()) {
        QueueState queue = directory.adopt(seen.id(), seen.number());
        if (queue == null) {
          remarks.add("the high-water file knows " + seen.id() + " by another number");
        } else if (queue.committed() < seen.tail().next()) {
          wentBack = true;
          lost.addAll(mend(queue, seen, batch));
        }
      }
      if (!wentBack) {
        return null;
      }
      remarks.add("documents may be older than they were");
      LossReport report =
          new LossReport(
              nowMillis,
              "the database ends before offsets that were acknowledged: its log has lost its end",
              "",
              lost,
              remarks);
      LossJournal.of(database).add(report, database, batch);
      database.writeSurely(batch);
      return report;
    } catch (RocksDBException e) {
      throw new StoreException(
          StoreException.Kind.IO, "cannot build a batch: " + e.getMessage(), e);
    }
  }

  /**
   * After a reopening: what counts is what the database holds, which without a log may be less.
   *
   * @return what that cost, or null when no queue has gone back
   */
  @Nullable LossReport reload(long nowMillis) {
    HighWater before = new HighWater(0, "", 0, directory.marks());
    directory.reloadTails(database);
    return mend(before, nowMillis);
  }

  private List<LostRange> mend(QueueState queue, HighWater.Queue seen, WriteBatch batch)
      throws RocksDBException {
    HeadRecord known = queue.head();
    HeadRecord head = seen.head().left().total() > known.left().total() ? seen.head() : known;
    QueueMend mend = new QueueMend(queue.id(), seen.tail(), head);
    List<Block.Extent> superfluous = new ArrayList<>();
    BlockHeaders.each(
        database,
        queue.number(),
        block -> {
          if (!mend.keeps(block)) {
            superfluous.add(block);
          }
        });
    QueueMend.Result result = mend.finish();
    for (Block.Extent block : superfluous) {
      ExpiryIndex.deleteBlock(batch, database, queue.number(), block);
    }
    QueueRecords.put(batch, database, queue.number(), queue.id(), result);
    queue.restore(result.tail());
    queue.restore(result.head());
    return result.lost();
  }
}
