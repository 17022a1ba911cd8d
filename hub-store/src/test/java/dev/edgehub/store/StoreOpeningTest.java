package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

final class StoreOpeningTest {

  private final RecordingListener listener = new RecordingListener();

  @TempDir Path directory;

  private static Progress quiet() {
    return new Progress(progress -> {}, () -> 0);
  }

  @Test
  void saysNowAndThenHowFarASalvageIs() throws IOException {
    fill(50);
    Files.delete(directory.resolve("db/CURRENT"));
    AtomicLong nanos = new AtomicLong();
    StoreOptions options = new StoreOptions(Durability.DISK, 0, 0, 0, new ManualClock());
    // each look at the time lets a tenth of a second pass
    DiskGuard disk = new DiskGuard(() -> Long.MAX_VALUE, 0, () -> nanos.addAndGet(100_000_000));

    BootClock boot = BootClock.of(options.clock());
    RocksStore.open(directory, options, listener, boot, disk).close();

    List<String> told = listener.salvaging;
    assertTrue(told.get(0).startsWith("reading the database, passing over"), told.toString());
    assertTrue(
        told.stream().anyMatch(line -> line.matches(".*: [1-9]\\d* of about \\d+ records")),
        told.toString());
    assertTrue(told.size() < 20, "not each record: " + told);
    assertEquals(1, listener.reports.size());
  }

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
    Files.writeString(directory.resolve("FORMAT"), "edge-hub store, format 3\n");

    assertEquals(StoreException.Kind.OTHER_FORMAT, refusal());
  }

  @Test
  void refusesAFormatOfBeforeTheFirstRelease() throws IOException {
    OpenStore.at(directory).close();
    Files.writeString(directory.resolve("FORMAT"), "edge-hub store, format 1\n");

    assertEquals(StoreException.Kind.OTHER_FORMAT, refusal());
  }

  @Test
  void refusesAFormatItCannotReadWhenNothingVouchesForIt() throws IOException {
    fill(3);
    Files.writeString(directory.resolve("FORMAT"), "???");
    Files.delete(directory.resolve("high-water"));

    StoreException refused = assertThrows(StoreException.class, () -> OpenStore.at(directory));

    assertEquals(StoreException.Kind.DAMAGED, refused.kind());
    assertTrue(refused.getMessage().contains("edge-hub doctor"), refused.getMessage());
  }

  @Test
  void writesAFormatAnewThatTheHighWaterFileVouchesFor() throws IOException {
    fill(3);
    Files.writeString(directory.resolve("FORMAT"), "edge-hub store, for");

    fill(3);

    assertEquals("edge-hub store, format 2\n", Files.readString(directory.resolve("FORMAT")));
    try (OpenStore store = OpenStore.at(directory)) {
      assertEquals(6, store.owed(OpenStore.QUEUE).size());
    }
  }

  @Test
  void neverStartsEmptyWhenNothingCanBeRead() throws IOException {
    fill(10);
    try (Stream<Path> files = Files.list(directory.resolve("db"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    StoreException refused = assertThrows(StoreException.class, () -> OpenStore.at(directory));

    assertEquals(StoreException.Kind.DAMAGED, refused.kind());
    assertTrue(refused.getMessage().contains("edge-hub doctor --repair"), refused.getMessage());
    Files.delete(directory.resolve("high-water"));
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
  void beginsAnewOfNothingByAnOperatorsWordAndUsesNoOffsetAgain() throws IOException {
    fill(10);
    try (Stream<Path> files = Files.list(directory.resolve("db"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    DoctorReport report = StoreDoctor.repair(directory, StoreOptions.defaults(), progress -> {});

    assertTrue(report.isHealthy(), report.toString());
    LossReport repaired = report.repaired();
    assertNotNull(repaired);
    assertEquals(List.of(new LostRange(OpenStore.QUEUE, new OffsetRange(0, 10))), repaired.lost());
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(OpenStore.QUEUE, "next");
      assertEquals(11, store.stats(OpenStore.QUEUE).appended());
      assertEquals(List.of("next"), store.owed(OpenStore.QUEUE));
    }
  }

  @Test
  void readsPastAFlippedBitInTheLogAndKeepsTheDamagedFiles() throws IOException {
    fill(500);
    Path log = file(".log");
    flip(log, Files.size(log) / 2);
    byte[] damaged = Files.readAllBytes(log);

    try (OpenStore store = new OpenStore(Store.open(directory, options(), listener))) {
      LossReport report = listener.reports.get(0);
      assertTrue(report.entries() >= 1 && report.entries() < 400, report.toString());
      assertEquals(500 - report.entries(), store.owed(OpenStore.QUEUE).size());
      assertEquals(report.entries(), store.stats(OpenStore.QUEUE).left().lost());
      Path kept = Path.of(report.quarantine()).resolve("db").resolve(log.getFileName());
      assertArrayEquals(damaged, Files.readAllBytes(kept));
    }
  }

  @Test
  void keepsNoMoreThanTwoDamagedDatabases() throws IOException {
    for (int i = 0; i < 4; i++) {
      fill(20);
      Path log = file(".log");
      flip(log, Files.size(log) / 2);
      OpenStore.at(directory).close();
    }

    try (Stream<Path> places = Files.list(directory.resolve("quarantine"))) {
      assertEquals(2, places.count());
    }
  }

  @Test
  void refusesToSalvageWithoutRoomForIt() throws IOException {
    fill(10);
    Files.delete(directory.resolve("db/CURRENT"));
    try (StoreDirectory locked = StoreDirectory.lock(directory)) {
      StoreOpening opening =
          new StoreOpening(locked, options(), locked.highWater(), () -> 1_000_000, quiet());

      StoreException refused = assertThrows(StoreException.class, opening::open);

      assertEquals(StoreException.Kind.DAMAGED, refused.kind());
      assertTrue(refused.getMessage().contains("make room"), refused.getMessage());
      assertTrue(refused.getMessage().contains("edge-hub doctor --repair"), refused.getMessage());
    }
    try (OpenStore store = OpenStore.at(directory)) {
      assertEquals(10, store.owed(OpenStore.QUEUE).size());
    }
  }

  @Test
  void completesAnExchangeThatAKillHasInterrupted() throws IOException {
    fill(10);
    Path other = directory.resolve("other");
    try (OpenStore store = OpenStore.at(other)) {
      for (int i = 0; i < 10; i++) {
        store.append(OpenStore.QUEUE, "salvaged " + i);
      }
    }
    Files.move(other.resolve("db"), directory.resolve("db.salvaged"));
    Files.delete(directory.resolve("high-water"));

    try (OpenStore store = OpenStore.at(directory)) {
      assertEquals("salvaged 0", store.owed(OpenStore.QUEUE).get(0));
    }
    try (Stream<Path> places = Files.list(directory.resolve("quarantine"))) {
      assertEquals(1, places.count());
    }
  }

  private static void flip(Path file, long at) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 16));
      channel.write(one.flip(), at);
    }
  }

  private static StoreOptions options() {
    return OpenStore.options(Durability.DISK, 0, 4 << 20);
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
