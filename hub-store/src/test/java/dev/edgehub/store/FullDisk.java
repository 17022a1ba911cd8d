package dev.edgehub.store;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** A database on a disk that is full from time to time; then it cannot even be opened again. */
final class FullDisk extends Database {

  private volatile boolean full;
  private volatile boolean shut;
  private volatile boolean hasFailed;
  private volatile byte @Nullable [] forgottenKey;

  private FullDisk(Path path) {
    super(path, Durability.OS);
  }

  static FullDisk over(Path path) {
    Database.open(path, true, Durability.OS).close();
    FullDisk disk = new FullDisk(path);
    disk.reopen();
    return disk;
  }

  void full(boolean now) {
    full = now;
  }

  /** Whether an attempt to open it again has failed. */
  boolean isShut() {
    return shut;
  }

  /** Has the next reopening find a queue as it was with so many entries fewer, all in a block. */
  void forget(int queue, long from) {
    forgottenKey = KeyLayout.block(queue, from);
  }

  private void lose(byte[] block) {
    int queue = KeyLayout.queue(block);
    TailRecord before = new TailRecord(KeyLayout.first(block), 0);
    try (WriteBatch batch = new WriteBatch()) {
      batch.delete(family(Family.BLOCK), block);
      batch.put(family(Family.CHECKPOINT), KeyLayout.tail(queue), before.encode());
      super.write(batch, false);
    } catch (RocksDBException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  boolean write(WriteBatch batch, boolean durable) {
    checkOpen();
    hasFailed |= full;
    return !full && super.write(batch, durable);
  }

  /** As RocksDB does after a write that found no room. */
  @Override
  void flush() {
    if (hasFailed) {
      throw new StoreException(StoreException.Kind.IO, "Writer has previous error.", null);
    }
    super.flush();
  }

  @Override
  boolean reopen() {
    shut = full;
    hasFailed &= full;
    byte[] lost = forgottenKey;
    if (lost != null && !shut) {
      forgottenKey = null;
      lose(lost);
    }
    return !shut && super.reopen();
  }

  @Override
  boolean isOpen() {
    return !shut && super.isOpen();
  }

  @Override
  <T extends @Nullable Object> T scan(Family family, Function<Cursor, T> body) {
    checkOpen();
    return super.scan(family, body);
  }

  private void checkOpen() {
    if (shut) {
      throw new StoreException(StoreException.Kind.IO, "closed or out of space", null);
    }
  }
}
