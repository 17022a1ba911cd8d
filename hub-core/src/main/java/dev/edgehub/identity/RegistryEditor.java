package dev.edgehub.identity;

import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Reads and changes the registry's file. A change is under a lock that other processes respect, and
 * whole or not at all: a new file, synced, takes the place of the old one.
 */
public final class RegistryEditor {

  /** A file lock is held by the process; this one is among its threads. */
  private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;

  /** An editor of the file, which need not exist yet. */
  public RegistryEditor(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * The registry in the file; an empty one when there is no file.
   *
   * @throws HubException {@code CONFIG_INVALID} when the file cannot be read, with every issue
   */
  public Registry read() {
    try {
      return requireValid(file, RegistryReader.read(bytes(file)));
    } catch (NoSuchFileException e) {
      return Registry.EMPTY;
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  /** The registry, or {@code CONFIG_INVALID} with every issue. */
  static Registry requireValid(Path file, RegistryResult result) {
    if (result instanceof RegistryResult.Invalid invalid) {
      throw new HubException(
          ErrorCode.CONFIG_INVALID,
          "the identity registry "
              + file
              + " is not valid:\n  "
              + String.join("\n  ", invalid.issues()));
    }
    return ((RegistryResult.Valid) result).registry();
  }

  /**
   * Changes the registry, waiting for those who change it now.
   *
   * @param change from what is in the file; may throw, then nothing is written
   * @throws HubException {@code CONFIG_INVALID} when the file cannot be read or written
   */
  public Registry change(UnaryOperator<Registry> change) {
    WITHIN_PROCESS.lock();
    try {
      Files.createDirectories(file.getParent());
      // a lock on the file itself would be lost with the file that is replaced
      try (FileChannel lock = open(file.resolveSibling(file.getFileName() + ".lock"))) {
        lock.lock();
        Registry changed = change.apply(read());
        if (changed.size() > RegistryReader.MAX_IDENTITIES) {
          throw new HubException(
              ErrorCode.CONFIG_INVALID,
              "expected at most " + RegistryReader.MAX_IDENTITIES + " identities in " + file);
        }
        replace(RegistryWriter.write(changed));
        return changed;
      }
    } catch (IOException e) {
      throw failed("write", e);
    } finally {
      WITHIN_PROCESS.unlock();
    }
  }

  private static FileChannel open(Path lockFile) throws IOException {
    try {
      Files.createFile(lockFile, OWNER_ONLY);
    } catch (FileAlreadyExistsException e) {
      // of an earlier change
    }
    return FileChannel.open(lockFile, StandardOpenOption.WRITE);
  }

  private void replace(byte[] json) throws IOException {
    // what a symbolic link names is replaced, not the link
    Path target = Files.exists(file) ? file.toRealPath() : file;
    Path partial = target.resolveSibling(target.getFileName() + ".new");
    Files.deleteIfExists(partial);
    Files.createFile(partial, OWNER_ONLY);
    try (FileChannel out = FileChannel.open(partial, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(json);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private HubException failed(String what, IOException e) {
    return new HubException(
        ErrorCode.CONFIG_INVALID,
        "cannot "
            + what
            + " the identity registry "
            + file
            + " ("
            + e
            + "); see the key identities",
        e);
  }

  /** The file's bytes, not many more than may be read. */
  static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(RegistryReader.MAX_BYTES + 1);
    }
  }
}
