package dev.edgehub.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Opens the parts of a store in order, and closes them in the reverse. */
final class RocksStore implements Store {

  private final StoreDirectory directory;
  private final Database database;
  private final StoreWriter writer;
  private final RocksQueueStore queues;
  private final RocksDocumentStore documents;

  private RocksStore(
      StoreDirectory directory,
      Database database,
      StoreWriter writer,
      RocksQueueStore queues,
      RocksDocumentStore documents) {
    this.directory = directory;
    this.database = database;
    this.writer = writer;
    this.queues = queues;
    this.documents = documents;
  }

  static RocksStore open(Path root, StoreOptions options, StoreListener listener) {
    Objects.requireNonNull(listener, "listener");
    DiskGuard disk =
        new DiskGuard(
            () -> Files.getFileStore(root).getUsableSpace(),
            options.reserveBytes(),
            System::nanoTime);
    return open(root, options, listener, BootClock.of(options.clock()), disk);
  }

  /** With the clock and the disk of the caller's choice. */
  static RocksStore open(
      Path root, StoreOptions options, StoreListener listener, BootClock boot, DiskGuard disk) {
    StoreDirectory directory = StoreDirectory.lock(root);
    try {
      boolean isNew = directory.isNew();
      NativeLibrary.load(directory.nativeLibraries());
      Database database = Database.open(directory.database(), isNew, options.durability());
      try {
        directory.sealFormat();
        return assemble(directory, database, options, listener, boot, disk);
      } catch (RuntimeException e) {
        database.close();
        throw e;
      }
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static RocksStore assemble(
      StoreDirectory directory,
      Database database,
      StoreOptions options,
      StoreListener listener,
      BootClock boot,
      DiskGuard disk) {
    byte[] lastSeen = database.get(Family.META, KeyLayout.CLOCK);
    StoreClock clock =
        new StoreClock(
            options.clock(), boot, lastSeen == null ? null : StoreClock.restore(lastSeen));
    QueueDirectory queues = new QueueDirectory();
    queues.load(database);
    StoreWriter writer =
        new StoreWriter(database, queues, clock, disk, options.maxBytes(), listener);
    writer.start();
    return new RocksStore(
        directory,
        database,
        writer,
        new RocksQueueStore(database, queues, writer, clock, options.tailBytes()),
        new RocksDocumentStore(database, writer));
  }

  @Override
  public QueueStore queues() {
    return queues;
  }

  @Override
  public DocumentStore documents() {
    return documents;
  }

  @Override
  public void close() {
    writer.stop();
    database.close();
    directory.close();
  }
}
