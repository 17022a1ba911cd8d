package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What has gone is named, counted and never used again. */
final class StoreLossTest {

  private static final QueueId QUEUE = OpenStore.QUEUE;
  private static final QueueId LATER = new QueueId("module/input", 2);

  private final RecordingListener listener = new RecordingListener();

  @TempDir Path directory;

  @Test
  void namesWhatALogWithoutItsEndHasLost() throws IOException {
    long length;
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(QUEUE, "a", "b");
      length = Files.size(log());
      store.append(QUEUE, "c", "d", "e");
      store.confirm(QUEUE, 0, 1, Disposition.DELIVERED);
      store.confirm(QUEUE, 3, 4, Disposition.EXPIRED);
      store.append(LATER, "x");
    }
    try (FileChannel log = FileChannel.open(log(), StandardOpenOption.WRITE)) {
      log.truncate(length);
    }

    try (OpenStore store = open()) {
      LossReport report = listener.reports.get(0);
      assertEquals(
          List.of(
              new LostRange(QUEUE, new OffsetRange(2, 3)),
              new LostRange(QUEUE, new OffsetRange(4, 5)),
              new LostRange(LATER, new OffsetRange(0, 1))),
          sorted(report));
      QueueStats stats = store.stats(QUEUE);
      assertEquals(
          new QueueStats(
              QUEUE,
              5,
              new Departures(1, 1, 0, 0, 0, 2, 0),
              1,
              stats.bytes(),
              stats.oldestMillis()),
          stats);
      assertEquals(List.of("b"), store.owed(QUEUE));
      assertEquals(List.of(), store.owed(LATER));

      store.append(QUEUE, "f");
      store.append(LATER, "y");
      assertEquals(List.of("b", "f"), store.owed(QUEUE));
      assertEquals(2, store.stats(LATER).appended());
      store.confirm(QUEUE, 1, 6, Disposition.DELIVERED);
      assertEquals(0, store.stats(QUEUE).bytes());
    }
    try (OpenStore store = open()) {
      assertEquals(1, listener.reports.size());
      assertEquals(2, store.stats(QUEUE).left().lost());
    }
  }

  private static List<LostRange> sorted(LossReport report) {
    return report.lost().stream()
        .sorted(
            java.util.Comparator.comparing((LostRange lost) -> lost.queue().priority())
                .thenComparing(lost -> lost.range().from()))
        .toList();
  }

  @Test
  void passesOverABlockThatIsNotAsItWasWritten() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(QUEUE, "a");
      store.append(QUEUE, "b", "c");
      store.append(QUEUE, "d");
    }
    overwrite(Family.BLOCK, KeyLayout.block(0, 1));

    try (OpenStore store = open()) {
      assertEquals(List.of("a", "d"), store.owed(QUEUE));
      store.settle();
      LossReport report = listener.reports.get(0);
      assertEquals(List.of(new LostRange(QUEUE, new OffsetRange(1, 3))), report.lost());
      assertTrue(report.cause().contains("fails its checksum"), report.cause());
      assertEquals(2, store.stats(QUEUE).left().lost());
      assertEquals(List.of("a", "d"), store.owed(QUEUE));
      store.confirm(QUEUE, 0, 4, Disposition.DELIVERED);
      assertEquals(0, store.stats(QUEUE).bytes());
    }
    assertEquals(1, listener.reports.size());
    DoctorReport doctor = StoreDoctor.examine(directory, progress -> {});
    assertTrue(doctor.isHealthy(), doctor.toString());
    assertEquals(listener.reports, doctor.losses());
  }

  @Test
  void isInOrderAfterTheLossOfAllThatAQueueHad() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(QUEUE, "a", "b");
    }
    overwrite(Family.BLOCK, KeyLayout.block(0, 0));

    try (OpenStore store = open()) {
      assertEquals(List.of(), store.owed(QUEUE));
      store.settle();
      assertEquals(0, store.stats(QUEUE).bytes());
    }
    assertTrue(StoreDoctor.examine(directory, progress -> {}).isHealthy());
    try (OpenStore store = open()) {
      assertEquals(2, store.stats(QUEUE).left().lost());
    }
    assertEquals(1, listener.reports.size());
  }

  @Test
  void evictsNothingByAHeaderThatIsNotAsItWasWritten() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(QUEUE, "a".repeat(300));
      store.append(QUEUE, "b".repeat(300));
    }
    overwrite(Family.BLOCK, KeyLayout.block(0, 0), 2); // far more entries than there are

    StoreOptions options =
        new StoreOptions(
            Durability.DISK, 1_000, 0, 0, new ManualClock(), WhenFull.DROP_OLDEST, any -> false);
    try (OpenStore store = new OpenStore(Store.open(directory, options, listener))) {
      assertEquals(AppendOutcome.FULL, store.append(QUEUE, "c".repeat(300)));
      assertEquals(List.of("b".repeat(300)), store.owed(QUEUE));
      store.settle();
      assertEquals(AppendOutcome.DURABLE, store.append(QUEUE, "c".repeat(300)));
      assertEquals(0, store.stats(QUEUE).difference());
    }
  }

  @Test
  void makesARecordAnewThatIsNotAsItWasWritten() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(QUEUE, "a", "b", "c");
      store.confirm(QUEUE, 0, 2, Disposition.DELIVERED);
    }
    overwrite(Family.CHECKPOINT, KeyLayout.head(0));
    overwrite(Family.CHECKPOINT, KeyLayout.tail(0));
    overwrite(Family.META, KeyLayout.queueName(0));

    try (OpenStore store = open()) {
      assertEquals(List.of(), listener.reports.get(0).lost());
      assertEquals(List.of("c"), store.owed(QUEUE));
      assertEquals(2, store.stats(QUEUE).left().delivered());
    }
  }

  @Test
  void saysWhichDocumentIsLost() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.put("sessions", "one", "1");
      store.put("sessions", "two", "2");
      store.append(QUEUE, "a");
    }
    overwrite(Family.DOCUMENT, KeyLayout.document("sessions", "two"));

    try (OpenStore store = open()) {
      assertTrue(
          listener.reports.get(0).remarks().toString().contains("the document two of sessions"),
          listener.reports.toString());
      assertEquals(java.util.Set.of("one"), store.documents().all("sessions").keySet());
      assertEquals(List.of("a"), store.owed(QUEUE));
    }
  }

  /** Puts something else in the place of a value, as RocksDB's own checksums would not notice. */
  private void overwrite(Family family, byte[] key) {
    overwrite(family, key, -1);
  }

  private void overwrite(Family family, byte[] key, int at) {
    try (Database database = Database.open(directory.resolve("db"), false, Durability.DISK);
        WriteBatch batch = new WriteBatch()) {
      byte[] value = Objects.requireNonNull(database.get(family, key));
      value[at < 0 ? value.length / 2 : at] ^= 1;
      batch.put(database.family(family), key, value);
      database.writeSurely(batch);
    } catch (RocksDBException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void losesNothingWhenTheLogIsWhole() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(QUEUE, "a");
    }

    try (OpenStore store = open()) {
      assertEquals(List.of("a"), store.owed(QUEUE));
    }
    assertEquals(List.of(), listener.reports);
  }

  @Test
  void opensAStoreThatHasNoHighWaterFileYet() throws IOException {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(QUEUE, "a");
    }
    Files.delete(directory.resolve("high-water"));

    try (OpenStore store = open()) {
      assertEquals(List.of("a"), store.owed(QUEUE));
    }
    assertTrue(Files.exists(directory.resolve("high-water")));
    assertEquals(List.of(), listener.reports);
  }

  private OpenStore open() {
    return new OpenStore(
        Store.open(directory, OpenStore.options(Durability.DISK, 0, 4 << 20), listener));
  }

  private Path log() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("db"))) {
      return files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
    }
  }
}
