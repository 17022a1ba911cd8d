package dev.edgehub.store;

import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.Status;

/**
 * Keeps RocksDB from mending itself after a failed write: it flushes one family after the other,
 * and a process that ends in between leaves of the batch that failed what some of them take from
 * the log, a tail without its block. The store closes a database that has failed, and opens it anew
 * from its log.
 */
final class NoRecovery extends AbstractEventListener {

  NoRecovery() {
    super(EnabledEventCallback.ON_ERROR_RECOVERY_BEGIN);
  }

  @Override
  public boolean onErrorRecoveryBegin(BackgroundErrorReason reason, Status error) {
    return false;
  }
}
