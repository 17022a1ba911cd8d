package dev.edgehub.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A slot file on the disk. */
final class DiskSlotFile implements SlotFile {

  // a file that somebody blew up must not be read into memory
  private static final long MAX_BYTES = 256L << 20;

  private final Path path;
  private final Path directory;
  private @Nullable FileChannel channel;

  DiskSlotFile(Path directory, String name) {
    this.directory = directory;
    path = directory.resolve(name);
  }

  @Override
  public byte[] read() throws IOException {
    if (!Files.exists(path)) {
      return new byte[0];
    }
    return Files.size(path) > MAX_BYTES ? new byte[0] : Files.readAllBytes(path);
  }

  @Override
  public void write(long at, ByteBuffer bytes) throws IOException {
    FileChannel open = open();
    long position = at;
    while (bytes.hasRemaining()) {
      position += open.write(bytes, position);
    }
  }

  @Override
  public void sync() throws IOException {
    open().force(false);
  }

  @Override
  public void replace(byte[] whole) throws IOException {
    close();
    Path partial = path.resolveSibling(path.getFileName() + ".partial");
    try (FileChannel out =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(whole);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
    StoreDirectory.syncDirectory(directory);
  }

  private FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open = FileChannel.open(path, StandardOpenOption.WRITE);
      channel = open;
    }
    return open;
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    if (open != null) {
      channel = null;
      open.close();
    }
  }
}
