package dev.edgehub.store;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Writes everything that a database says of a queue beside its blocks. */
final class QueueRecords {

  private QueueRecords() {}

  static void put(
      WriteBatch batch, Database database, int number, QueueId id, QueueMend.Result result)
      throws RocksDBException {
    batch.put(
        database.family(Family.META), KeyLayout.queueName(number), QueueDirectory.nameRecord(id));
    batch.put(database.family(Family.CHECKPOINT), KeyLayout.tail(number), result.tail().encode());
    batch.put(database.family(Family.CHECKPOINT), KeyLayout.head(number), result.head().encode());
  }
}
