package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueueLimitTest {

  private static final QueueId LIMITED = new QueueId("limited", 0);
  private static final QueueId OTHER = new QueueId("other", 9);
  private static final long LIMIT = 2_500;

  private final RecordingListener listener = new RecordingListener();

  @TempDir Path directory;

  private OpenStore open(WhenFull policy) {
    StoreOptions options =
        new StoreOptions(Durability.OS, 0, 0, 1 << 20, new ManualClock(), policy);
    return new OpenStore(Store.open(directory, options, listener));
  }

  /** An entry of 1,000 bytes and a little. */
  private static AppendOutcome append(OpenStore store, QueueId queue, long limit) {
    AppendBatch batch = new AppendBatch();
    batch.add(queue, AppendBatch.NEVER, new byte[1_000], limit);
    return store.append(batch);
  }

  @Test
  void takesEntriesAsLongAsTheQueueHoldsLess() {
    try (OpenStore store = open(WhenFull.REJECT)) {
      assertEquals(AppendOutcome.DURABLE, append(store, LIMITED, LIMIT));
      assertEquals(AppendOutcome.DURABLE, append(store, LIMITED, LIMIT));
      assertEquals(AppendOutcome.DURABLE, append(store, LIMITED, LIMIT));
      assertEquals(AppendOutcome.FULL, append(store, LIMITED, LIMIT));
      assertEquals(AppendOutcome.FULL, append(store, LIMITED, LIMIT));
      assertEquals(List.of("full limited"), listener.incidents);

      store.confirm(LIMITED, 0, 1, Disposition.DELIVERED);

      Await.until("space", () -> listener.incidents.contains("space in limited after 0"));
      assertEquals(AppendOutcome.DURABLE, append(store, LIMITED, LIMIT));
    }
  }

  @Test
  void keepsOtherQueuesOpenButForBatchesThatGoToBoth() {
    try (OpenStore store = open(WhenFull.REJECT)) {
      while (append(store, LIMITED, LIMIT) == AppendOutcome.DURABLE) {}

      assertEquals(AppendOutcome.DURABLE, append(store, OTHER, AppendBatch.NO_LIMIT));
      AppendBatch both = new AppendBatch();
      both.add(OTHER, AppendBatch.NEVER, new byte[10]);
      both.add(LIMITED, AppendBatch.NEVER, new byte[10], LIMIT);
      assertEquals(AppendOutcome.FULL, store.append(both));
      assertEquals(1, store.stats(OTHER).depth());
      assertEquals(AppendOutcome.DURABLE, append(store, OTHER, AppendBatch.NO_LIMIT));
    }
  }

  @Test
  void judgesEachEntryByItsOwnLimit() {
    try (OpenStore store = open(WhenFull.REJECT)) {
      while (append(store, LIMITED, LIMIT) == AppendOutcome.DURABLE) {}

      assertEquals(AppendOutcome.DURABLE, append(store, LIMITED, 10_000));
      assertEquals(AppendOutcome.DURABLE, append(store, LIMITED, AppendBatch.NO_LIMIT));
      assertEquals(AppendOutcome.FULL, append(store, LIMITED, LIMIT));
      AppendBatch several = new AppendBatch();
      several.add(LIMITED, AppendBatch.NEVER, new byte[10], 10_000);
      several.add(LIMITED, AppendBatch.NEVER, new byte[10], LIMIT);
      assertEquals(AppendOutcome.FULL, store.append(several));
    }
  }

  @Test
  void takesOneBatchHoweverLargeIntoAQueueThatIsBelow() {
    try (OpenStore store = open(WhenFull.REJECT)) {
      AppendBatch large = new AppendBatch();
      for (int i = 0; i < 10; i++) {
        large.add(LIMITED, AppendBatch.NEVER, new byte[1_000], LIMIT);
      }

      assertEquals(AppendOutcome.DURABLE, store.append(large));
      assertEquals(AppendOutcome.FULL, append(store, LIMITED, LIMIT));
    }
  }

  @Test
  void dropsTheOldestOfThatQueueAlone() {
    for (WhenFull policy : List.of(WhenFull.DROP_OLDEST, WhenFull.DROP_LOWEST_PRIORITY)) {
      Path home = directory.resolve("" + policy);
      StoreOptions options =
          new StoreOptions(Durability.OS, 0, 0, 1 << 20, new ManualClock(), policy);
      try (OpenStore store = new OpenStore(Store.open(home, options, listener))) {
        append(store, OTHER, AppendBatch.NO_LIMIT);
        for (int i = 0; i < 10; i++) {
          assertEquals(AppendOutcome.DURABLE, append(store, LIMITED, LIMIT));
        }

        assertEquals(3, store.stats(LIMITED).depth());
        assertEquals(new Departures(0, 0, 7, 0, 0, 0, 0), store.stats(LIMITED).left());
        assertEquals(1, store.stats(OTHER).depth());
        assertEquals("full limited", listener.incidents.get(0));
        store.confirm(LIMITED, 7, 9, Disposition.DELIVERED);
        Await.until("space", () -> listener.incidents.size() == 2);
        assertEquals("space in limited after 7", listener.incidents.get(1));
        listener.incidents.clear();
      }
    }
  }

  @Test
  void refusesANegativeLimit() {
    AppendBatch batch = new AppendBatch();

    assertThrows(
        IllegalArgumentException.class,
        () -> batch.add(LIMITED, AppendBatch.NEVER, new byte[1], -1));
  }
}
