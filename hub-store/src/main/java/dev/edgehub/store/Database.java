package dev.edgehub.store;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The one RocksDB database: owns its handles, closes them in order, and is the only translator of
 * its exceptions. Any thread may read; only the writer thread writes, reopens and closes.
 *
 * <p>Native memory is gone when the database is closed: reads hold the read lock, so that closing
 * waits for them, and reads after it fail instead of crashing the process.
 */
class Database implements AutoCloseable { // not final: tests let the disk be full

  /** The file in the database's directory that says that it was found damaged. */
  static final String SUSPICION = "DAMAGED";

  private final Path path;
  private final Durability durability;
  private final ReentrantReadWriteLock access = new ReentrantReadWriteLock();
  private final WriteOptions synced;
  private final WriteOptions unsynced;
  // short-lived: a scan goes through a backlog once and must not push the rest out of the cache
  private final ReadOptions once = new ReadOptions().setFillCache(false);
  private @Nullable Handles handles;

  /** Not open yet. */
  Database(Path path, Durability durability) {
    this.path = path;
    this.durability = durability;
    boolean noLog = durability == Durability.MEMORY;
    synced = new WriteOptions().setSync(durability == Durability.DISK).setDisableWAL(noLog);
    unsynced = new WriteOptions().setSync(false).setDisableWAL(noLog);
  }

  /** Opens the database, making it only if {@code create}; the native library is loaded. */
  static Database open(Path path, boolean create, Durability durability) {
    Database database = new Database(path, durability);
    try {
      database.handles = Handles.open(path, create, durability);
      return database;
    } catch (RocksDBException e) {
      database.close();
      throw unreadable("the store in " + path + " cannot be opened", e);
    }
  }

  /** Opens a database to look at it; RocksDB's own notes of that go into {@code notes}. */
  static Database openReadOnly(Path path, Path notes) {
    Database database = new Database(path, Durability.DISK);
    try {
      database.handles = Handles.openReadOnly(path, notes);
      return database;
    } catch (RocksDBException e) {
      database.close();
      throw unreadable("the store in " + path + " cannot be opened", e);
    }
  }

  /** Has RocksDB check every table; tells what is wrong with them. */
  void verifyTables(Consumer<String> problem) {
    try {
      open().db.verifyChecksum();
    } catch (RocksDBException e) {
      problem.accept("a table of the database is damaged: " + e.getMessage());
    }
  }

  /**
   * Writes a batch, as durable as the store promises if {@code durable}. False when the disk is
   * full: then nothing of it counts, and the database takes no more writes until {@link #reopen}.
   */
  boolean write(WriteBatch batch, boolean durable) {
    try {
      open().db.write(durable ? synced : unsynced, batch);
      return true;
    } catch (RocksDBException e) {
      if (isNoSpace(e)) {
        return false;
      }
      boolean damaged = e.getStatus() != null && e.getStatus().getCode() == Status.Code.Corruption;
      throw new StoreException(
          damaged ? StoreException.Kind.DAMAGED : StoreException.Kind.IO,
          "writing to " + path + " failed: " + e.getMessage() + "; restart once the disk is well",
          e);
    }
  }

  /** Writes a batch synced, or fails: for repairs, which nobody may build on before. */
  void writeSurely(WriteBatch batch) {
    if (!write(batch, true)) {
      throw new StoreException(
          StoreException.Kind.IO, "no space left to write to " + path + "; make room", null);
    }
    if (durability != Durability.DISK) {
      flush();
    }
  }

  /** Notes that the files are damaged, for the next opening; goes away with them. */
  void suspect() {
    try {
      Files.writeString(path.resolve(SUSPICION), "", StandardCharsets.US_ASCII);
    } catch (IOException unnoted) {
      // then the next opening has to find it again
    }
  }

  ColumnFamilyHandle family(Family family) {
    ColumnFamilyHandle handle = open().byFamily.get(family);
    return Objects.requireNonNull(handle);
  }

  byte @Nullable [] get(Family family, byte[] key) {
    access.readLock().lock();
    try {
      return open().db.get(family(family), key);
    } catch (RocksDBException e) {
      throw unreadable("reading from " + path + " failed", e);
    } finally {
      access.readLock().unlock();
    }
  }

  /** Lends a cursor over a family to {@code body}, which must not keep it. */
  <T extends @Nullable Object> T scan(Family family, Function<Cursor, T> body) {
    access.readLock().lock();
    try (Cursor cursor = Cursor.over(open().db.newIterator(family(family), once))) {
      return body.apply(cursor);
    } finally {
      access.readLock().unlock();
    }
  }

  /** A cursor that the writer thread keeps for a while; it closes it before the database. */
  Cursor cursor(Family family) {
    return Cursor.over(open().db.newIterator(family(family), once));
  }

  /** Brings everything written so far to the disk, whatever the durability. */
  void flush() {
    Handles open = open();
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      if (durability == Durability.MEMORY) {
        open.db.flush(wait, open.families);
      } else {
        open.db.flushWal(true);
      }
    } catch (RocksDBException e) {
      throw new StoreException(
          StoreException.Kind.IO, "flushing " + path + " failed: " + e.getMessage(), e);
    }
  }

  /**
   * Gives back the space of what has been deleted. The log and the memory tables hold it until they
   * are flushed, which on an idle store may be never; the files until they are compacted. Takes a
   * while. Any thread.
   *
   * @param left for each queue's number ranges of offsets of which nothing is owed any more
   */
  void reclaim(Map<Integer, List<OffsetRange>> left) {
    access.readLock().lock();
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      Handles open = open();
      open.db.flush(wait, open.families);
      for (Map.Entry<Integer, List<OffsetRange>> queue : left.entrySet()) {
        for (OffsetRange gone : queue.getValue()) {
          open.db.compactRange(
              family(Family.BLOCK),
              KeyLayout.block(queue.getKey(), gone.from()),
              KeyLayout.block(queue.getKey(), gone.to()));
        }
      }
    } catch (RocksDBException e) {
      if (!isNoSpace(e)) {
        throw unreadable("compacting " + path + " failed", e);
      }
    } finally {
      access.readLock().unlock();
    }
  }

  /** The bytes of all files of the database, its log among them. Any thread. */
  long sizeBytes() {
    File[] files = path.toFile().listFiles(); // some may go while it looks
    return files == null ? 0 : Stream.of(files).mapToLong(File::length).sum();
  }

  /** Ends a {@link #reclaim} that another thread is in; there is none after this. */
  void endCompaction() {
    access.readLock().lock();
    try {
      if (handles != null) {
        handles.db.cancelAllBackgroundWork(false);
      }
    } finally {
      access.readLock().unlock();
    }
  }

  /**
   * Closes and opens the database within the process: the only way to make RocksDB take writes
   * again after it has run out of space. False when there is still no room to open it.
   */
  boolean reopen() {
    access.writeLock().lock();
    try {
      if (handles != null) {
        handles.close();
        handles = null;
      }
      handles = Handles.open(path, false, durability);
      return true;
    } catch (RocksDBException e) {
      if (isNoSpace(e)) {
        return false;
      }
      throw unreadable("the store in " + path + " cannot be reopened", e);
    } finally {
      access.writeLock().unlock();
    }
  }

  boolean isOpen() {
    access.readLock().lock();
    try {
      return handles != null;
    } finally {
      access.readLock().unlock();
    }
  }

  @Override
  public void close() {
    access.writeLock().lock();
    try {
      if (handles != null) {
        handles.close();
        handles = null;
      }
      once.close();
      unsynced.close();
      synced.close();
    } finally {
      access.writeLock().unlock();
    }
  }

  private Handles open() {
    Handles open = handles;
    if (open == null) {
      throw new StoreException(
          StoreException.Kind.IO, "the store in " + path + " is closed or out of space", null);
    }
    return open;
  }

  static StoreException unreadable(String what, RocksDBException e) {
    return new StoreException(
        isDamage(e.getStatus()) ? StoreException.Kind.DAMAGED : StoreException.Kind.IO,
        what + ": " + e.getMessage() + "; " + StoreException.ADVICE,
        e);
  }

  /** Also files that are not there, and names that lead nowhere. */
  private static boolean isDamage(@Nullable Status status) {
    if (status == null) {
      return false;
    }
    return switch (status.getCode()) {
      case Corruption, InvalidArgument, NotFound -> true;
      // a file that is not there; RocksDB's Java names no sub-code for it
      case IOError -> String.valueOf(status.getState()).contains("No such file");
      default -> false;
    };
  }

  /** Whether a write found no room. A sync that finds none has failed like any other. */
  private static boolean isNoSpace(RocksDBException e) {
    Status status = e.getStatus();
    return status != null
        && (status.getState() == null || !status.getState().startsWith("While fdatasync"))
        && (status.getSubCode() == Status.SubCode.NoSpace
            || (status.getState() != null && status.getState().contains("No space left")));
  }

  /** What is open together and closed together: families, then the database, then its options. */
  private record Handles(
      RocksDB db,
      List<ColumnFamilyHandle> families,
      Map<Family, ColumnFamilyHandle> byFamily,
      RocksTuning tuning) {

    static Handles open(Path path, boolean create, Durability durability) throws RocksDBException {
      RocksTuning tuning = new RocksTuning(create, durability);
      return open(
          tuning,
          families ->
              RocksDB.open(tuning.options(), path.toString(), tuning.describeAll(), families));
    }

    static Handles openReadOnly(Path path, Path notes) throws RocksDBException {
      RocksTuning tuning = new RocksTuning(false, Durability.DISK);
      tuning.options().setDbLogDir(notes.toString());
      return open(
          tuning,
          families ->
              RocksDB.openReadOnly(
                  tuning.options(), path.toString(), tuning.describeAll(), families));
    }

    private static Handles open(RocksTuning tuning, Opener opener) throws RocksDBException {
      List<ColumnFamilyHandle> families = new ArrayList<>();
      try {
        RocksDB db = opener.open(families);
        Map<Family, ColumnFamilyHandle> byFamily = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
          byFamily.put(family, families.get(byFamily.size()));
        }
        return new Handles(db, families, byFamily, tuning);
      } catch (RocksDBException e) {
        tuning.close();
        throw e;
      }
    }

    /** One of RocksDB's ways to open a database. */
    interface Opener {
      RocksDB open(List<ColumnFamilyHandle> families) throws RocksDBException;
    }

    void close() {
      families.forEach(ColumnFamilyHandle::close);
      db.close();
      tuning.close();
    }
  }
}
