package dev.edgehub.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens the database of a locked directory, finds out whether it is what it was, and salvages it
 * when it is not. It is never replaced by an empty one but by an operator's word.
 */
final class StoreOpening {

  private final StoreDirectory directory;
  private final StoreOptions options;
  private final SlotFile slots;
  private final DiskGuard.FreeSpace free;
  private final Quarantine quarantine;
  private final Progress progress;

  StoreOpening(
      StoreDirectory directory,
      StoreOptions options,
      SlotFile slots,
      DiskGuard.FreeSpace free,
      Progress progress) {
    this.directory = directory;
    this.options = options;
    this.slots = slots;
    this.free = free;
    this.progress = progress;
    quarantine = directory.quarantine();
  }

  /**
   * What was opened.
   *
   * @param found damage that was found and repaired on the way
   */
  record Opened(
      Database database, QueueDirectory queues, HighWater highWater, List<LossReport> found) {}

  /** Opens, and salvages if it must. */
  Opened open() {
    completeExchange();
    HighWater mark = highWater();
    StoreDirectory.State state = directory.state(mark);
    NativeLibrary.load(directory.nativeLibraries());
    try {
      String trouble = trouble(state, mark);
      if (trouble != null) {
        throw Sealed.damaged("the store in " + directory.root(), trouble);
      }
      return openAsItIs(state, mark);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.DAMAGED) {
        throw e;
      }
      return salvage(StoreException.withoutAdvice(e), mark, false);
    }
  }

  /** Salvages whether or not it must; begins from nothing when nothing can be read. */
  Opened repair(String cause) {
    completeExchange();
    HighWater mark = highWater();
    NativeLibrary.load(directory.nativeLibraries());
    return salvage(cause, mark, true);
  }

  private Opened salvage(String cause, HighWater mark, boolean fromNothing) {
    Salvage salvage = new Salvage(quarantine, directory.database(), free, progress);
    HighWater kept = mark.withoutManifest();
    LossReport report =
        salvage.run(
            cause,
            mark,
            fromNothing,
            options.clock().millis(),
            () -> {
              // what showed the damage may be gone with the next line: a kill after it must not
              // hide it
              directory.suspect();
              HighWaterKeeper.write(slots, kept);
            });
    Opened opened = openAsItIs(StoreDirectory.State.PRESENT, kept);
    opened.found().add(0, report);
    return opened;
  }

  /** What can be seen without opening the database; null when there is nothing. */
  private @Nullable String trouble(StoreDirectory.State state, HighWater mark) {
    if (state == StoreDirectory.State.HEADLESS) {
      return "has a database without its CURRENT file";
    }
    if (directory.isSuspect()) {
      return "was found damaged while it was in use";
    }
    return directory.shortManifest(mark);
  }

  private Opened openAsItIs(StoreDirectory.State state, HighWater mark) {
    boolean isNew = state == StoreDirectory.State.NEW;
    Database database = Database.open(directory.database(), isNew, options.durability());
    try {
      directory.sealFormat();
      QueueDirectory queues = new QueueDirectory();
      queues.load(database);
      RocksDocumentStore.check(database);
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

  private void completeExchange() {
    if (!quarantine.isUnfinished()) {
      return;
    }
    try {
      quarantine.complete(quarantine.place(options.clock().millis()));
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.IO,
          "a salvaged database in " + directory.root() + " cannot be put in place: " + e,
          e);
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
