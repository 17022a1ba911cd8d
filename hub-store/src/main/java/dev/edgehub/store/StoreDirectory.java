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

/**
 * The directory of one store, locked. Beside the database it holds the lock file, which is never
 * deleted, the format version, and RocksDB's native library.
 */
final class StoreDirectory implements AutoCloseable {

  /** Raised when an older version could not read what this one writes. */
  static final int FORMAT = 1;

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

  /**
   * Whether there is no store here yet. A version file that is missing while data is there does not
   * make the store a new one.
   *
   * @throws StoreException of kind {@code NEWER} or {@code DAMAGED}
   */
  boolean isNew() {
    try {
      boolean hasDatabase = Files.exists(database().resolve("CURRENT"));
      Path version = root.resolve("FORMAT");
      if (Files.exists(version)) {
        check(Files.readString(version, StandardCharsets.UTF_8).strip());
        if (!hasDatabase) {
          throw Sealed.damaged("the database in " + database(), "has lost its CURRENT file");
        }
        return false;
      }
      if (!hasDatabase && holdsTables()) {
        throw Sealed.damaged("the database in " + database(), "has lost its CURRENT file");
      }
      return !hasDatabase;
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.IO, "cannot read " + root + ": " + e.getMessage(), e);
    }
  }

  private void check(String line) {
    if (!line.startsWith(FORMAT_PREFIX)) {
      throw Sealed.damaged(root.resolve("FORMAT").toString(), "does not name a format");
    }
    int found;
    try {
      found = Integer.parseInt(line.substring(FORMAT_PREFIX.length()));
    } catch (NumberFormatException e) {
      throw Sealed.damaged(root.resolve("FORMAT").toString(), "does not name a format");
    }
    if (found > FORMAT) {
      throw new StoreException(
          StoreException.Kind.NEWER,
          "the store in "
              + root
              + " has format "
              + found
              + ", this version knows formats up to "
              + FORMAT
              + "; run the version that wrote it",
          null);
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

  /** Writes the version file when it is not there; called once the database has been made. */
  void sealFormat() {
    Path version = root.resolve("FORMAT");
    if (Files.exists(version)) {
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
