package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
          new QueueStats(QUEUE, 5, 1, 1, 0, 2, 1, stats.bytes(), stats.oldestMillis()), stats);
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
      assertEquals(2, store.stats(QUEUE).lost());
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
