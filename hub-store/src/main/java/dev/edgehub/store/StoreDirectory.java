package dev.edgehub.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one store, locked. Beside the database it holds the lock file, which is never
 * deleted, the format version, and RocksDB's native library.
 */
final class StoreDirectory implements AutoCloseable {

  /** Raised when an older version could not read what this one writes. */
  static final int FORMAT = 2;

  /** Of versions before the first release, which nobody is promised anything of. */
  private static final int UNRELEASED = 1;

  /** Name of the file that {@link HighWaterKeeper} keeps. */
  static final String HIGH_WATER = "high-water";

  private static final String FORMAT_PREFIX = "edge-hub store, format ";

  private final Path root;
  private final FileChannel lockFile;

  private StoreDirectory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /** Makes the directory when it is not there, and takes its lock. */
  static StoreDirectory lock(Path root) {
    try {
      Files.createDirectories(root, ownerOnly());
      Files.createDirectories(root.resolve("native"), ownerOnly());
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new StoreException(
            StoreException.Kind.IN_USE,
            "another edge hub uses " + root + "; stop it or choose another dataDir",
            null);
      }
      return new StoreDirectory(root, channel);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.IO, "cannot use " + root + ": " + e.getMessage(), e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  Path root() {
    return root;
  }

  Path database() {
    return root.resolve("db");
  }

  Path nativeLibraries() {
    return root.resolve("native");
  }

  Quarantine quarantine() {
    return new Quarantine(root, database());
  }

  /** What is in the directory. */
  enum State {
    /** No store yet, or one whose making did not come to its end. */
    NEW,
    /** A store. */
    PRESENT,
    /** A store without the file by which its database is found. */
    HEADLESS
  }

  /**
   * Looks at the version file and for the database. The version file is written last: without it,
   * and without the high-water file, something may have interrupted the making, and making what is
   * missing changes nothing. One that names no format counts for nothing when the high-water file,
   * which this format knows, vouches for it.
   *
   * @throws StoreException of kind {@code OTHER_FORMAT}, or {@code DAMAGED} when the format is not
   *     known
   */
  State state(HighWater mark) {
    try {
      boolean hasDatabase = Files.exists(database().resolve("CURRENT"));
      boolean known = Files.exists(version());
      if (known) {
        checkFormat(mark);
      }
      if (hasDatabase) {
        return known || !mark.isNone() ? State.PRESENT : State.NEW;
      }
      return known || !mark.isNone() || holdsTables() ? State.HEADLESS : State.NEW;
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.IO, "cannot read " + root + ": " + e.getMessage(), e);
    }
  }

  private void checkFormat(HighWater mark) throws IOException {
    int found = format();
    if (found > FORMAT || found == UNRELEASED) {
      throw new StoreException(
          StoreException.Kind.OTHER_FORMAT,
          "the store in "
              + root
              + " has format "
              + found
              + ", this version knows format "
              + FORMAT
              + "; run the version that wrote it",
          null);
    }
    if (found < 1 && mark.isNone()) {
      throw Sealed.damaged(version().toString(), "does not name a format");
    }
  }

  /** What the version file says; 0 when that is nothing. */
  private int format() throws IOException {
    // a flipped bit may have made it something that is no text
    String line = new String(Files.readAllBytes(version()), StandardCharsets.ISO_8859_1).strip();
    try {
      return line.startsWith(FORMAT_PREFIX)
          ? Integer.parseInt(line.substring(FORMAT_PREFIX.length()))
          : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Whether there is a version file that does not say what this version writes. */
  boolean hasOtherFormat() {
    try {
      return Files.exists(version()) && format() != FORMAT;
    } catch (IOException e) {
      return true;
    }
  }

  private Path version() {
    return root.resolve("FORMAT");
  }

  /** Notes that the database is damaged, for the next opening; goes away with it. */
  void suspect() throws IOException {
    if (Files.isDirectory(database())) {
      Files.writeString(database().resolve(Database.SUSPICION), "", StandardCharsets.US_ASCII);
      syncDirectory(database());
    }
  }

  /** Whether the database was found damaged while it was in use. */
  boolean isSuspect() {
    return Files.exists(database().resolve(Database.SUSPICION));
  }

  /** Says so when RocksDB's list of files is shorter than it was; else null. */
  @Nullable String shortManifest(HighWater mark) {
    if (mark.manifest().isEmpty()) {
      return null;
    }
    try {
      byte[] current = Files.readAllBytes(database().resolve("CURRENT"));
      Path manifest = database().resolve(mark.manifest());
      if (!new String(current, StandardCharsets.ISO_8859_1).strip().equals(mark.manifest())
          || !Files.exists(manifest)) {
        return null; // another one by now, or one that RocksDB will miss
      }
      long bytes = Files.size(manifest);
      return bytes < mark.manifestBytes()
          ? "has a list of files of " + bytes + " bytes, it had " + mark.manifestBytes()
          : null;
    } catch (IOException e) {
      return null; // the opening will say it
    }
  }

  private boolean holdsTables() throws IOException {
    if (!Files.isDirectory(database())) {
      return false;
    }
    try (Stream<Path> files = Files.list(database())) {
      return files.anyMatch(
          file -> file.toString().endsWith(".sst") || file.toString().endsWith(".log"));
    }
  }

  /** Writes the version file when it does not say so; called once the database has been opened. */
  void sealFormat() {
    Path version = version();
    if (Files.exists(version) && !hasOtherFormat()) {
      return;
    }
    try {
      Path partial = root.resolve("FORMAT.partial");
      Files.writeString(partial, FORMAT_PREFIX + FORMAT + "\n", StandardCharsets.UTF_8);
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(partial, version, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory(root);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.IO, "cannot write " + version + ": " + e.getMessage(), e);
    }
  }

  SlotFile highWater() {
    return new DiskSlotFile(root, HIGH_WATER);
  }

  /**
   * Makes renames in a directory last; a system that cannot open directories needs no such thing.
   */
  static void syncDirectory(Path directory) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(directory, StandardOpenOption.READ);
    } catch (IOException notHere) {
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.IO, "cannot release " + root + ": " + e.getMessage(), e);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };
  }
}
