package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

final class StoreOpeningTest {

  @TempDir Path directory;

  @Test
  void refusesAStoreThatIsInUse() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(OpenStore.QUEUE, "a");

      StoreException refused = assertThrows(StoreException.class, () -> OpenStore.at(directory));

      assertEquals(StoreException.Kind.IN_USE, refused.kind());
      assertTrue(refused.getMessage().contains("another edge hub"), refused.getMessage());
    }
    OpenStore.at(directory).close();
  }

  @Test
  void refusesANewerFormat() throws IOException {
    OpenStore.at(directory).close();
    Files.writeString(directory.resolve("FORMAT"), "edge-hub store, format 2\n");

    assertEquals(StoreException.Kind.NEWER, refusal());
  }

  @Test
  void refusesAFormatItCannotRead() throws IOException {
    OpenStore.at(directory).close();
    Files.writeString(directory.resolve("FORMAT"), "???");

    assertEquals(StoreException.Kind.DAMAGED, refusal());
  }

  @Test
  void neverStartsEmptyWhenTheDatabaseHasLostAFile() throws IOException {
    fill(10);
    Files.delete(directory.resolve("db/CURRENT"));
    assertEquals(StoreException.Kind.DAMAGED, refusal());

    Files.delete(directory.resolve("FORMAT"));
    assertEquals(StoreException.Kind.DAMAGED, refusal());
  }

  @Test
  void completesAStoreWhoseMakingWasInterrupted() throws RocksDBException {
    NativeLibrary.load(directory.resolve("native"));
    try (Options options = new Options().setCreateIfMissing(true)) {
      RocksDB.open(options, directory.resolve("db").toString()).close(); // has no families yet
    }

    try (OpenStore store = OpenStore.at(directory)) {
      assertEquals(AppendOutcome.DURABLE, store.append(OpenStore.QUEUE, "a"));
    }
    assertTrue(Files.exists(directory.resolve("FORMAT")));
  }

  @Test
  void opensAStoreThatHasLostOnlyItsFormat() throws IOException {
    fill(10);
    Files.delete(directory.resolve("FORMAT"));

    try (OpenStore store = OpenStore.at(directory)) {
      assertEquals(10, store.owed(OpenStore.QUEUE).size());
    }
  }

  @Test
  void refusesALogWithAFlippedBitInsteadOfDroppingTheRest() throws IOException {
    fill(500);
    Path log = file(".log");
    try (FileChannel channel =
        FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      long middle = channel.size() / 2;
      channel.read(one, middle);
      one.put(0, (byte) (one.get(0) ^ 16));
      channel.write(one.flip(), middle);
    }

    assertEquals(StoreException.Kind.DAMAGED, refusal());
  }

  @Test
  void unpacksTheNativeLibraryOnceIntoTheDirectory() throws IOException {
    // the first store of a process unpacks it; in this one another may have been first
    NativeLibrary.load(directory.resolve("native"));
    OpenStore.at(directory).close();

    try (Stream<Path> files = Files.list(directory.resolve("native"))) {
      assertTrue(files.count() <= 1);
    }
  }

  private void fill(int groups) {
    try (OpenStore store = OpenStore.at(directory)) {
      for (int i = 0; i < groups; i++) {
        store.append(OpenStore.QUEUE, "entry " + i);
      }
    }
  }

  private Path file(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("db"))) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(suffix))
              .filter(file -> file.toFile().length() > 0)
              .toList();
      assertEquals(1, found.size());
      return found.get(0);
    }
  }

  private StoreException.Kind refusal() {
    StoreException refused = assertThrows(StoreException.class, () -> OpenStore.at(directory));
    System.out.println(refused.getMessage());
    return refused.kind();
  }
}
