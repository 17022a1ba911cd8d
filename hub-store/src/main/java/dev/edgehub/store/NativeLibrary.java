package dev.edgehub.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Unpacks RocksDB's native library once into the store's directory and loads it from there. Left to
 * itself it unpacks 17 MB into the temp folder at every start, and leaves them there after a kill.
 */
final class NativeLibrary {

  private static final String NAME = "rocksdbjni";

  private static boolean loaded;

  private NativeLibrary() {}

  // synchronized: a process loads the library once, whoever opens the first store
  /** Loads the library, unless this process already has. */
  static synchronized void load(Path directory) {
    if (loaded) {
      return;
    }
    String packedName = Environment.getJniLibraryFileName("rocksdb");
    // the name that loadLibrary(List) looks for, which is not the one in its own jar
    Path file = directory.resolve(Environment.getJniLibraryFileName(NAME)).toAbsolutePath();
    try {
      URL packed = RocksDB.class.getResource("/" + packedName);
      if (packed == null) {
        throw new StoreException(
            StoreException.Kind.IO, "no RocksDB library for this machine: " + packedName, null);
      }
      if (!isUnpacked(packed, file)) {
        unpack(packed, file);
      }
      RocksDB.loadLibrary(List.of(directory.toAbsolutePath().toString()));
      loaded = true;
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new StoreException(
          StoreException.Kind.IO,
          "cannot load " + NAME + " from " + file + ": " + e.getMessage(),
          e);
    }
  }

  /** Compares with the checksum in the jar's directory: no need to unpack to find out. */
  private static boolean isUnpacked(URL packed, Path file) throws IOException {
    URLConnection connection = packed.openConnection();
    if (!(connection instanceof JarURLConnection jar) || !Files.isRegularFile(file)) {
      return false;
    }
    return Files.size(file) == jar.getJarEntry().getSize()
        && crc(file) == jar.getJarEntry().getCrc();
  }

  private static long crc(Path file) throws IOException {
    CRC32 crc = new CRC32();
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer.clear()) >= 0) {
        crc.update(buffer.flip());
      }
    }
    return crc.getValue();
  }

  /** In a file of its own first: a kill in the middle leaves no half library behind. */
  private static void unpack(URL packed, Path file) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try (InputStream in = packed.openStream()) {
      Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
