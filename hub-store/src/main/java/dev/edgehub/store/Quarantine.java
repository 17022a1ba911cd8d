package dev.edgehub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts a salvaged database in the place of a damaged one, which is kept: renames only, each of them
 * a whole step, so that a kill at any point leaves either the old one or a finished new one.
 */
final class Quarantine {

  /** How many damaged databases are kept: the bound of the disk they take. */
  static final int KEPT = 2;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Path root;
  private final Path database;

  Quarantine(Path root, Path database) {
    this.root = root;
    this.database = database;
  }

  /** The store's directory. */
  Path root() {
    return root;
  }

  /** Where a new database is built. */
  Path building() {
    return root.resolve("db.salvage");
  }

  /** Where links to damaged files may be put. */
  Path scratch() {
    return root.resolve("db.links");
  }

  /** Where RocksDB's notes go while it reads what must not change. */
  Path notes() {
    return root.resolve("db.notes");
  }

  private Path finished() {
    return root.resolve("db.salvaged");
  }

  /** A directory for what is damaged now; not made yet. */
  Path place(long wallMillis) {
    String stamp = STAMP.format(Instant.ofEpochMilli(wallMillis));
    Path place = root.resolve("quarantine").resolve(stamp);
    for (int i = 2; Files.exists(place); i++) {
      place = root.resolve("quarantine").resolve(stamp + "-" + i);
    }
    return place;
  }

  /** Removes what an attempt that did not come to its end has left. */
  void clear() throws IOException {
    delete(building());
    delete(scratch());
    delete(notes());
  }

  /** Whether an exchange was begun and has to be completed before anything is opened. */
  boolean isUnfinished() {
    return Files.exists(finished());
  }

  /** The new database is complete: from here on the exchange goes through, whatever happens. */
  void exchange(Path place) throws IOException {
    Files.move(building(), finished(), StandardCopyOption.ATOMIC_MOVE);
    StoreDirectory.syncDirectory(root);
    complete(place);
  }

  /** Completes an exchange. */
  void complete(Path place) throws IOException {
    if (Files.exists(database)) {
      Files.createDirectories(place);
      Files.move(database, place.resolve("db"), StandardCopyOption.ATOMIC_MOVE);
      StoreDirectory.syncDirectory(place);
      StoreDirectory.syncDirectory(root.resolve("quarantine"));
    }
    Files.move(finished(), database, StandardCopyOption.ATOMIC_MOVE);
    StoreDirectory.syncDirectory(root);
    prune();
    clear();
  }

  private void prune() throws IOException {
    Path all = root.resolve("quarantine");
    if (!Files.isDirectory(all)) {
      return;
    }
    List<Path> kept;
    try (Stream<Path> places = Files.list(all)) {
      kept = places.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path old : kept.subList(Math.min(KEPT, kept.size()), kept.size())) {
      delete(old);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(tree)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /** Bytes of the files of the damaged database: what a new one may take at most. */
  long damagedBytes() throws IOException {
    if (!Files.isDirectory(database)) {
      return 0;
    }
    long bytes = 0;
    try (Stream<Path> files = Files.list(database)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
