package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreEvictionTest {

  private static final QueueId ALARMS = new QueueId("alarms", 0);
  private static final QueueId READINGS = new QueueId("readings", 5);
  private static final QueueId TRACES = new QueueId("traces", 9);

  private final RecordingListener listener = new RecordingListener();
  private final ManualClock clock = new ManualClock();

  @TempDir Path directory;

  private OpenStore open(WhenFull policy, long maxBytes) {
    StoreOptions options = new StoreOptions(Durability.OS, maxBytes, 0, 0, clock, policy);
    return new OpenStore(Store.open(directory, options, listener));
  }

  /** An entry of about 1,000 bytes, a millisecond after the one before. */
  private AppendOutcome append(OpenStore store, QueueId queue, String name) {
    clock.pass(1);
    return store.append(queue, body(name));
  }

  private static String body(String name) {
    return name + ".".repeat(900 - name.length());
  }

  private static List<String> names(OpenStore store, QueueId queue) {
    return store.owed(queue).stream().map(body -> body.substring(0, body.indexOf('.'))).toList();
  }

  @Test
  void dropsTheOldestOfAllQueues() {
    try (OpenStore store = open(WhenFull.DROP_OLDEST, 3_000)) {
      append(store, ALARMS, "1");
      append(store, TRACES, "2");
      append(store, ALARMS, "3");

      assertEquals(AppendOutcome.DURABLE, append(store, TRACES, "4"));
      assertEquals(List.of("3"), names(store, ALARMS));
      assertEquals(List.of("2", "4"), names(store, TRACES));
      assertEquals(AppendOutcome.DURABLE, append(store, TRACES, "5"));
      assertEquals(List.of("3"), names(store, ALARMS));
      assertEquals(List.of("4", "5"), names(store, TRACES));

      assertEquals(new Departures(0, 0, 1, 0, 0, 0, 0), store.stats(ALARMS).left());
      assertEquals(new Departures(0, 0, 1, 0, 0, 0, 0), store.stats(TRACES).left());
      assertEquals(Map.of(ALARMS, 1L, TRACES, 1L), listener.evicted);
    }
  }

  @Test
  void goesByTheTimeThatHasPassedAndNotByASteppedClock() {
    StoreOptions options =
        new StoreOptions(Durability.OS, 2_000, 0, 0, clock, WhenFull.DROP_OLDEST);
    DiskGuard disk = new DiskGuard(() -> Long.MAX_VALUE, 0, System::nanoTime);
    try (OpenStore store =
        new OpenStore(RocksStore.open(directory, options, listener, clock.boot(), disk))) {
      append(store, ALARMS, "1");
      clock.step(-3_600_000);
      append(store, TRACES, "2");

      append(store, READINGS, "3");

      assertEquals(List.of(), names(store, ALARMS));
      assertEquals(List.of("2"), names(store, TRACES));
    }
  }

  @Test
  void dropsTheLeastImportantAndOfThoseTheOldest() {
    QueueId other = new QueueId("others", 9);
    try (OpenStore store = open(WhenFull.DROP_LOWEST_PRIORITY, 4_000)) {
      append(store, READINGS, "1");
      append(store, other, "2");
      append(store, TRACES, "3");
      append(store, TRACES, "4");

      append(store, ALARMS, "5");
      assertEquals(List.of(), names(store, other));
      append(store, ALARMS, "6");
      append(store, ALARMS, "7");
      assertEquals(List.of(), names(store, TRACES));
      assertEquals(List.of("1"), names(store, READINGS));
      append(store, ALARMS, "8");

      assertEquals(List.of(), names(store, READINGS));
      assertEquals(List.of("5", "6", "7", "8"), names(store, ALARMS));
    }
  }

  @Test
  void refusesWhatIsLessImportantThanAllThatIsKept() {
    try (OpenStore store = open(WhenFull.DROP_LOWEST_PRIORITY, 3_000)) {
      append(store, ALARMS, "1");
      append(store, READINGS, "2");
      append(store, ALARMS, "3");

      assertEquals(AppendOutcome.FULL, append(store, TRACES, "4"));
      assertEquals(List.of("full"), listener.incidents);
      assertEquals(AppendOutcome.DURABLE, append(store, READINGS, "5"));
      assertEquals(AppendOutcome.DURABLE, append(store, ALARMS, "6"));
      assertEquals(AppendOutcome.DURABLE, append(store, ALARMS, "7"));

      assertEquals(List.of("3", "6", "7"), names(store, ALARMS));
      assertEquals(0, store.stats(READINGS).depth());
    }
  }

  @Test
  void judgesABatchByItsLeastImportantEntry() {
    try (OpenStore store = open(WhenFull.DROP_LOWEST_PRIORITY, 3_000)) {
      append(store, READINGS, "1");
      append(store, READINGS, "2");
      AppendBatch batch = new AppendBatch();
      batch.add(ALARMS, AppendBatch.NEVER, OpenStore.bytes(body("3")));
      batch.add(TRACES, AppendBatch.NEVER, OpenStore.bytes(body("3")));

      assertEquals(AppendOutcome.FULL, store.append(batch));
      assertEquals(List.of("1", "2"), names(store, READINGS));
    }
  }

  @Test
  void dropsNothingForABatchThatNeverFits() {
    for (WhenFull policy : List.of(WhenFull.DROP_OLDEST, WhenFull.DROP_LOWEST_PRIORITY)) {
      listener.incidents.clear();
      try (OpenStore store = open(policy, 3_000)) {
        append(store, TRACES, "1");

        assertEquals(AppendOutcome.FULL, store.append(ALARMS, "x".repeat(3_000)));
        assertEquals(AppendOutcome.DURABLE, append(store, ALARMS, "2"));
        Await.until("space", () -> listener.incidents.size() == 2);
        assertEquals(List.of("full", "space returned"), listener.incidents);
        store.confirm(TRACES, 0, 1, Disposition.DELIVERED);
        store.confirm(ALARMS, 0, store.stats(ALARMS).appended(), Disposition.DELIVERED);
      }
    }
  }

  @Test
  void ignoresTheConfirmOfAnEvictedEntryThatWasUnderWay() {
    try (OpenStore store = open(WhenFull.DROP_OLDEST, 3_000)) {
      append(store, READINGS, "1");
      try (QueueReader reader = store.queues().reader(READINGS, () -> {})) {
        assertEquals(1, reader.read(10, 10_000).size());
        append(store, READINGS, "2");
        append(store, READINGS, "3");
        append(store, READINGS, "4");
        store.confirm(READINGS, 0, 1, Disposition.DELIVERED);

        assertEquals(new Departures(0, 0, 1, 0, 0, 0, 0), store.stats(READINGS).left());
        append(store, READINGS, "5");
        List<Entry> rest = reader.read(10, 10_000);
        assertEquals(List.of(2L, 3L, 4L), rest.stream().map(Entry::offset).toList());
      }
    }
  }

  @Test
  void countsOnlyTheRestOfABlockThatWasPartlyDelivered() {
    try (OpenStore store = open(WhenFull.DROP_OLDEST, 3_000)) {
      store.append(READINGS, "a", "b", "c".repeat(1_500));
      store.confirm(READINGS, 1, 2, Disposition.DELIVERED);
      append(store, READINGS, "d");
      append(store, READINGS, "e");

      assertEquals(new Departures(1, 0, 2, 0, 0, 0, 0), store.stats(READINGS).left());
      assertEquals(List.of("d", "e"), names(store, READINGS));
    }
  }

  @Test
  void makesRoomOverManyTurnsWhenTheBlocksAreSmall() {
    try (OpenStore store = open(WhenFull.DROP_OLDEST, 100_000)) {
      for (int i = 0; i < 1_000; i++) {
        clock.pass(1);
        store.append(i % 2 == 0 ? READINGS : TRACES, "a reading");
      }
      assertEquals(1_000, store.stats(READINGS).depth() + store.stats(TRACES).depth());

      assertEquals(AppendOutcome.DURABLE, store.append(ALARMS, "x".repeat(99_000)));
      assertEquals(1, store.stats(ALARMS).depth());
      // 955 bytes are left for blocks of 54
      assertEquals(17, store.stats(READINGS).depth() + store.stats(TRACES).depth());
    }
  }

  @Test
  void dropsWhatTheSameBurstHasBroughtWhenTheQuotaIsSmaller() {
    try (OpenStore store = open(WhenFull.DROP_OLDEST, 3_000)) {
      List<CompletableFuture<AppendOutcome>> told = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        AppendBatch batch = new AppendBatch();
        batch.add(READINGS, AppendBatch.NEVER, OpenStore.bytes(body("" + i)));
        CompletableFuture<AppendOutcome> outcome = new CompletableFuture<>();
        store.queues().append(batch, outcome::complete);
        told.add(outcome);
      }
      for (CompletableFuture<AppendOutcome> outcome : told) {
        assertEquals(AppendOutcome.DURABLE, outcome.orTimeout(20, TimeUnit.SECONDS).join());
      }
      QueueStats stats = store.stats(READINGS);
      assertEquals(100, stats.appended());
      assertEquals(100, stats.left().evicted() + stats.depth());
      List<String> kept = names(store, READINGS);
      assertEquals("99", kept.get(kept.size() - 1));
    }
  }

  @Test
  void remembersAcrossARestart() {
    try (OpenStore store = open(WhenFull.DROP_OLDEST, 3_000)) {
      for (int i = 0; i < 5; i++) {
        append(store, READINGS, "" + i);
      }
    }

    try (OpenStore store = open(WhenFull.DROP_OLDEST, 3_000)) {
      assertEquals(new Departures(0, 0, 2, 0, 0, 0, 0), store.stats(READINGS).left());
      assertEquals(List.of("2", "3", "4"), names(store, READINGS));
      append(store, READINGS, "5");
      assertEquals(List.of("3", "4", "5"), names(store, READINGS));
    }
  }

  @Test
  void tellsOncePerIncidentAndAtItsEndHowMuchWentInAll() {
    try (OpenStore store = open(WhenFull.DROP_OLDEST, 10_000)) {
      for (int i = 0; i < 20; i++) {
        append(store, READINGS, "" + i);
      }
      assertEquals(List.of("evicting"), listener.incidents);

      store.confirm(READINGS, 0, 15, Disposition.DELIVERED);
      Await.until("its end", () -> listener.incidents.size() == 2);

      assertEquals(List.of("evicting", "evicted 10"), listener.incidents);
      assertEquals(Map.of(READINGS, 10L), listener.evicted);
    }
  }

  @Test
  void writesDocumentsAndConfirmsWhileAppendsAreRefused() {
    try (OpenStore store = open(WhenFull.DROP_LOWEST_PRIORITY, 3_000)) {
      for (int i = 0; i < 3; i++) {
        append(store, ALARMS, "" + i);
      }
      assertEquals(AppendOutcome.FULL, append(store, TRACES, "3"));

      assertEquals(AppendOutcome.DURABLE, store.put("sessions", "a", "still works"));
      store.confirm(ALARMS, 0, 1, Disposition.DELIVERED);
      Await.until("space", () -> listener.incidents.contains("space returned"));
      assertEquals(AppendOutcome.DURABLE, append(store, TRACES, "3"));
    }
  }
}
