package dev.edgehub.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Opens the parts of a store in order, and closes them in the reverse. */
final class RocksStore implements Store {

  private final StoreDirectory directory;
  private final Database database;
  private final StoreWriter writer;
  private final HighWaterKeeper highWater;
  private final RocksQueueStore queues;
  private final RocksDocumentStore documents;

  private RocksStore(
      StoreDirectory directory,
      Database database,
      StoreWriter writer,
      HighWaterKeeper highWater,
      RocksQueueStore queues,
      RocksDocumentStore documents) {
    this.directory = directory;
    this.database = database;
    this.writer = writer;
    this.highWater = highWater;
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
      SlotFile slots = directory.highWater();
      StoreOpening.Opened opened =
          new StoreOpening(
                  directory,
                  options,
                  slots,
                  () -> Files.getFileStore(root).getUsableSpace(),
                  new Progress(listener::salvaging, disk::nanos))
              .open();
      try {
        return assemble(directory, opened, slots, options, listener, boot, disk);
      } catch (RuntimeException e) {
        opened.database().close();
        throw e;
      }
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static RocksStore assemble(
      StoreDirectory directory,
      StoreOpening.Opened opened,
      SlotFile slots,
      StoreOptions options,
      StoreListener listener,
      BootClock boot,
      DiskGuard disk) {
    Database database = opened.database();
    byte[] lastSeen = database.get(Family.META, KeyLayout.CLOCK);
    StoreClock clock =
        new StoreClock(
            options.clock(), boot, lastSeen == null ? null : StoreClock.restore(lastSeen));
    QueueDirectory queues = opened.queues();
    opened.found().forEach(listener::lost);
    HighWaterKeeper highWater =
        new HighWaterKeeper(
            slots, queues, directory.database(), opened.highWater(), System::nanoTime);
    StoreWriter writer =
        new StoreWriter(database, queues, clock, disk, highWater, options, listener);
    writer.start();
    return new RocksStore(
        directory,
        database,
        writer,
        highWater,
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
    highWater.close();
    directory.close();
  }
}
