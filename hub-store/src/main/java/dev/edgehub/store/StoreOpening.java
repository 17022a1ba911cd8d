package dev.edgehub.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Opens the database of a locked directory and finds out whether it is what it was. */
final class StoreOpening {

  private final StoreDirectory directory;
  private final StoreOptions options;
  private final SlotFile slots;

  StoreOpening(StoreDirectory directory, StoreOptions options, SlotFile slots) {
    this.directory = directory;
    this.options = options;
    this.slots = slots;
  }

  /**
   * What was opened.
   *
   * @param found damage that was found and repaired on the way
   */
  record Opened(
      Database database, QueueDirectory queues, HighWater highWater, List<LossReport> found) {}

  Opened open() {
    HighWater mark = highWater();
    boolean isNew = directory.isNew();
    NativeLibrary.load(directory.nativeLibraries());
    Database database = Database.open(directory.database(), isNew, options.durability());
    try {
      directory.sealFormat();
      QueueDirectory queues = new QueueDirectory();
      queues.load(database);
      List<LossReport> found = new ArrayList<>();
      LossReport gone = new LostTails(database, queues).mend(mark, options.clock().millis());
      if (gone != null) {
        found.add(gone);
      }
      return new Opened(database, queues, mark, found);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private HighWater highWater() {
    try {
      return HighWater.latest(slots.read());
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.IO,
          "cannot read the high-water file in " + directory.root() + ": " + e.getMessage(),
          e);
    }
  }
}
