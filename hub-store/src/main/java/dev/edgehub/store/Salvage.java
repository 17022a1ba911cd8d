package dev.edgehub.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Makes a new database of what can be read of a damaged one, and puts the damaged one in
 * quarantine. The attempts have a fixed order and end as soon as nothing is missing.
 */
final class Salvage {

  // beside a copy of the data: a log, a list of files, notes
  private static final long EXTRA_BYTES = 16L << 20;

  private final Quarantine quarantine;
  private final Path database;
  private final DiskGuard.FreeSpace free;
  private final Progress progress;

  Salvage(Quarantine quarantine, Path database, DiskGuard.FreeSpace free, Progress progress) {
    this.quarantine = quarantine;
    this.database = database;
    this.free = free;
    this.progress = progress;
  }

  /**
   * Salvages.
   *
   * @param fromNothing whether a store may begin anew of which nothing at all can be read
   * @param exchanging told before the databases change places
   * @throws StoreException when there is no room, or nothing can be read; then nothing has changed
   */
  LossReport run(
      String cause, HighWater mark, boolean fromNothing, long nowMillis, Exchanging exchanging) {
    try {
      quarantine.clear();
      checkRoom();
      Path place = quarantine.place(nowMillis);
      LossReport report = build(cause, mark, fromNothing, nowMillis, place);
      exchanging.run();
      quarantine.exchange(place);
      return report;
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.IO,
          "the damaged store in "
              + database
              + " cannot be salvaged: "
              + e
              + "; "
              + StoreException.ADVICE,
          e);
    }
  }

  /** A step that must be on the disk before the databases change places. */
  interface Exchanging {
    void run() throws IOException;
  }

  private void checkRoom() throws IOException {
    long needed = quarantine.damagedBytes() + EXTRA_BYTES;
    long there = free.bytes();
    if (there < needed) {
      throw new StoreException(
          StoreException.Kind.DAMAGED,
          "the store in "
              + database
              + " is damaged, and salvaging it beside a copy of the damaged"
              + " files needs "
              + needed
              + " bytes, the disk has "
              + there
              + " free; make room, then "
              + StoreException.repair(quarantine.root()),
          null);
    }
  }

  private LossReport build(
      String cause, HighWater mark, boolean fromNothing, long nowMillis, Path place)
      throws IOException {
    // without a log: a half-built database is thrown away anyway
    try (Database fresh = Database.open(quarantine.building(), true, Durability.MEMORY);
        Harvest harvest = new Harvest(fresh)) {
      gather(harvest, mark);
      if (harvest.records() == 0 && !fromNothing) {
        throw new StoreException(
            StoreException.Kind.DAMAGED,
            "nothing of the store in "
                + database
                + " can be read ("
                + cause
                + "); nothing was changed: put a backup in its place, or begin an empty store: "
                + StoreException.repair(quarantine.root()),
            null);
      }
      progress.begin("completing the new database");
      Harvest.Gathered gathered = harvest.finish();
      List<String> remarks = new ArrayList<>(gathered.remarks());
      remarks.add("documents in a damaged part are as they were before");
      LossReport report =
          new LossReport(nowMillis, cause, place.toString(), gathered.lost(), remarks);
      try (WriteBatch batch = new WriteBatch()) {
        LossJournal.of(fresh).add(report, fresh, batch);
        fresh.writeSurely(batch);
      } catch (RocksDBException e) {
        throw new IOException(e);
      }
      return report;
    }
  }

  private void gather(Harvest harvest, HighWater mark) throws IOException {
    DamagedFiles files =
        new DamagedFiles(database, quarantine.scratch(), quarantine.notes(), harvest, progress);
    harvest.mark(mark);
    @Nullable String refused = files.readAsDatabase();
    progress.begin("looking for what is missing");
    if (refused == null && harvest.missing().isEmpty()) {
      return;
    }
    boolean documents = !files.documentsRead();
    files.readTables(documents);
    files.readLogs(documents);
  }
}
