package dev.edgehub.store;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.rocksdb.AbstractRocksIterator;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileReaderIterator;

/** Where a scan stands; the only view of RocksDB's iterators. */
final class Cursor implements AutoCloseable {

  private final AbstractRocksIterator<?> iterator;
  private final Supplier<byte[]> key;
  private final Supplier<byte[]> value;
  private final ToIntFunction<ByteBuffer> direct;

  private Cursor(
      AbstractRocksIterator<?> iterator,
      Supplier<byte[]> key,
      Supplier<byte[]> value,
      ToIntFunction<ByteBuffer> direct) {
    this.iterator = iterator;
    this.key = key;
    this.value = value;
    this.direct = direct;
  }

  static Cursor over(RocksIterator iterator) {
    return new Cursor(iterator, iterator::key, iterator::value, iterator::value);
  }

  /** Over one table file, outside any database. */
  static Cursor over(SstFileReaderIterator iterator) {
    return new Cursor(iterator, iterator::key, iterator::value, iterator::value);
  }

  /** Goes to the first key at or after {@code key}. */
  void seek(byte[] key) {
    iterator.seek(key);
  }

  /** Goes to the last key at or before {@code key}. */
  void seekForPrev(byte[] key) {
    iterator.seekForPrev(key);
  }

  void next() {
    iterator.next();
  }

  /** Whether the cursor stands on a record; reports read errors, which end a scan as well. */
  boolean isValid() {
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw Database.unreadable("reading the store failed", e);
    }
    return false;
  }

  byte[] key() {
    return key.get();
  }

  byte[] value() {
    return value.get();
  }

  /** Copies the beginning of the value into a direct buffer; returns the whole value's size. */
  int value(ByteBuffer buffer) {
    return direct.applyAsInt(buffer);
  }

  @Override
  public void close() {
    iterator.close();
  }
}
