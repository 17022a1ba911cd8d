package dev.edgehub.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.WALRecoveryMode;

/**
 * The files of a database that RocksDB refuses, read in three ways: as a database, with a log of
 * which bad records are passed over; the log by itself; each table by itself. Nothing is written to
 * them but RocksDB's own notes, which go elsewhere.
 */
final class DamagedFiles {

  private final Path directory;
  private final Path scratch;
  private final Path notes;
  private final Harvest into;
  private final Progress progress;
  private boolean documentsRead;

  /**
   * @param scratch a directory to make on the same file system, for links
   * @param notes a directory to make for what RocksDB notes while it reads
   */
  DamagedFiles(Path directory, Path scratch, Path notes, Harvest into, Progress progress) {
    this.directory = directory;
    this.scratch = scratch;
    this.notes = notes;
    this.into = into;
    this.progress = progress;
  }

  /**
   * As a database; when its list of files cannot be found by CURRENT, by the youngest there is.
   *
   * @return null when all of it could be read, else what could not
   */
  @Nullable String readAsDatabase() throws IOException {
    String refused = readDatabase(directory);
    if (refused == null || Files.exists(scratch)) {
      return refused;
    }
    return linkYoungestManifest() ? readDatabase(scratch) : refused;
  }

  /** Whether the documents have been read as they were when the database was last in order. */
  boolean documentsRead() {
    return documentsRead;
  }

  private @Nullable String readDatabase(Path path) throws IOException {
    Files.createDirectories(notes);
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (RocksTuning tuning = new RocksTuning(false, Durability.DISK)) {
      tuning
          .options()
          .setWalRecoveryMode(WALRecoveryMode.SkipAnyCorruptedRecords)
          .setDbLogDir(notes.toString());
      try (RocksDB db =
          RocksDB.openReadOnly(tuning.options(), path.toString(), tuning.describeAll(), handles)) {
        try {
          return readFamilies(db, handles);
        } finally {
          handles.forEach(ColumnFamilyHandle::close);
        }
      } catch (RocksDBException e) {
        return e.getMessage();
      }
    }
  }

  private @Nullable String readFamilies(RocksDB db, List<ColumnFamilyHandle> handles) {
    progress.begin(
        "reading the database, passing over bad records of its log",
        expected(db, handles),
        "records");
    String trouble = null;
    int at = 0;
    for (Family family : Family.values()) {
      try (ReadOptions once = new ReadOptions().setFillCache(false);
          Cursor cursor = Cursor.over(db.newIterator(handles.get(at++), once))) {
        String told = read(family, cursor, 1);
        trouble = trouble == null ? told : trouble;
        documentsRead |= family == Family.DOCUMENT && told == null;
      }
    }
    return trouble;
  }

  /** How many records there should be; RocksDB counts those twice that were overwritten. */
  private static long expected(RocksDB db, List<ColumnFamilyHandle> handles) {
    long sum = 0;
    for (ColumnFamilyHandle handle : handles) {
      try {
        sum += db.getLongProperty(handle, "rocksdb.estimate-num-keys");
      } catch (RocksDBException unknown) {
        // then the sum is too small, which harms nobody
      }
    }
    return sum;
  }

  private @Nullable String read(Family family, Cursor cursor, int each) {
    Walk walk =
        new Walk(cursor, family == Family.BLOCK ? KeyLayout.BLOCK_KEY_BYTES : Walk.TEXT_KEY_BYTES);
    for (boolean more = walk.seek(new byte[0]); more; more = walk.next()) {
      into.put(family, walk.key(), walk.value());
      progress.advance(each);
    }
    return walk.trouble();
  }

  private boolean linkYoungestManifest() throws IOException {
    String youngest = null;
    for (Path file : files("MANIFEST-", "")) {
      youngest = file.getFileName().toString();
    }
    if (youngest == null) {
      return false;
    }
    Files.createDirectories(scratch);
    try {
      for (Path file : files("", "")) {
        if (!file.getFileName().toString().equals("CURRENT") && Files.isRegularFile(file)) {
          Files.createLink(scratch.resolve(file.getFileName()), file);
        }
      }
    } catch (UnsupportedOperationException | IOException noLinks) {
      return false; // the tables can still be read one by one
    }
    Files.writeString(scratch.resolve("CURRENT"), youngest + "\n", StandardCharsets.US_ASCII);
    return true;
  }

  /** Every log, oldest first; documents only when the database could not be read. */
  void readLogs(boolean documents) throws IOException {
    Map<Integer, Family> families = new HashMap<>();
    for (Family family : Family.values()) {
      families.put(family.number() - 1, family);
    }
    List<Path> logs = files("", ".log");
    progress.begin("reading the log record by record", bytes(logs), "bytes");
    for (Path log : logs) {
      WalFile.read(
          log,
          new WalFile.Records() {
            @Override
            public void put(int number, byte[] key, byte[] value) {
              Family family = families.get(number);
              if (family != null && (documents || family != Family.DOCUMENT)) {
                into.put(family, key, value);
              }
              progress.advance(key.length + value.length);
            }

            @Override
            public void delete(int number, byte[] key) {
              if (documents && families.get(number) == Family.DOCUMENT) {
                into.deleteDocument(key);
              }
            }
          });
    }
  }

  /** Every table, oldest first. */
  void readTables(boolean documents) throws IOException {
    Map<String, Family> families = new HashMap<>();
    for (Family family : Family.values()) {
      families.put(new String(family.label(), StandardCharsets.US_ASCII), family);
    }
    List<Path> tables = files("", ".sst");
    progress.begin("reading each table by itself", bytes(tables), "bytes");
    try (Options options = new Options();
        ReadOptions once = new ReadOptions().setFillCache(false)) {
      for (Path table : tables) {
        try (SstFileReader reader = new SstFileReader(options)) {
          reader.open(table.toString());
          byte[] name = reader.getTableProperties().getColumnFamilyName();
          Family family = families.get(new String(name, StandardCharsets.US_ASCII));
          if (family != null && (documents || family != Family.DOCUMENT)) {
            try (Cursor cursor = Cursor.over(reader.newIterator(once))) {
              read(family, cursor, 0);
            }
          }
        } catch (RocksDBException unreadable) {
          // what it held is missing, and named as such in the end
        }
        progress.advance(Files.size(table));
      }
    }
  }

  private static long bytes(List<Path> files) throws IOException {
    long sum = 0;
    for (Path file : files) {
      sum += Files.size(file);
    }
    return sum;
  }

  private List<Path> files(String prefix, String suffix) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(
              file -> {
                String name = file.getFileName().toString();
                return name.startsWith(prefix) && name.endsWith(suffix);
              })
          .sorted(Comparator.comparing((Path file) -> file.getFileName().toString()))
          .toList();
    }
  }
}
