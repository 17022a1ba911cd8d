package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that go from one queue to another, and removals that are told. */
final class StoreMoveTest {

  private static final QueueId FROM = OpenStore.QUEUE;
  private static final QueueId TO = new QueueId("other", 0);

  @TempDir Path directory;

  @Test
  void movesEntriesInOneWrite() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(FROM, "a", "b", "c");

      MoveOutcome outcome = move(store, List.of(new OffsetRange(1, 2)), "B");

      assertEquals(MoveOutcome.MOVED, outcome);
      assertEquals(List.of("a", "c"), store.owed(FROM));
      assertEquals(List.of("B"), store.owed(TO));
      assertEquals(1, store.stats(FROM).left().deadLettered());
      assertConserved(store);
    }
    try (OpenStore store = OpenStore.at(directory)) {
      assertEquals(List.of("a", "c"), store.owed(FROM));
      assertEquals(List.of("B"), store.owed(TO));
      assertConserved(store);
    }
  }

  @Test
  void givesBackTheSpaceOfBlocksThatAreEmptied() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(FROM, "a", "b");
      store.append(FROM, "c");

      move(store, List.of(new OffsetRange(0, 1), new OffsetRange(2, 3)), "A", "C");
      long partly = store.stats(FROM).bytes();
      move(store, List.of(new OffsetRange(1, 2)), "B");

      assertTrue(partly > 0);
      assertEquals(0, store.stats(FROM).bytes());
      assertEquals(List.of("A", "C", "B"), store.owed(TO));
      assertConserved(store);
    }
  }

  @Test
  void doesNothingWhenAnEntryHasLeftAlready() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(FROM, "a", "b", "c");
      store.queues().confirm(FROM, List.of(new OffsetRange(1, 2)), Disposition.DELIVERED);

      MoveOutcome overlapping = move(store, List.of(new OffsetRange(0, 3)), "A", "B", "C");
      MoveOutcome first = move(store, List.of(new OffsetRange(0, 1)), "A");
      MoveOutcome again = move(store, List.of(new OffsetRange(0, 1)), "A");

      assertEquals(
          List.of(MoveOutcome.GONE, MoveOutcome.MOVED, MoveOutcome.GONE),
          List.of(overlapping, first, again));
      assertEquals(List.of("c"), store.owed(FROM));
      assertEquals(List.of("A"), store.owed(TO));
      assertConserved(store);
    }
  }

  @Test
  void refusesWhatIsNoListOfEntries() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(FROM, "a", "b", "c");

      assertThrows(
          IllegalArgumentException.class, () -> move(store, List.of(new OffsetRange(2, 4))));
      assertThrows(
          IllegalArgumentException.class,
          () -> move(store, List.of(new OffsetRange(1, 2), new OffsetRange(0, 1))));
    }
  }

  @Test
  void movesFromTheReserveWhileTheQuotaIsUsedUp() {
    StoreOptions options = OpenStore.options(Durability.DISK, 16_000, 0);
    try (OpenStore store = OpenStore.at(directory, options)) {
      String body = "x".repeat(400);
      while (store.append(FROM, body, body) == AppendOutcome.DURABLE) {}
      long appended = store.stats(FROM).appended();

      // each leaves half a block behind, so every move makes the store grow
      List<MoveOutcome> outcomes = new ArrayList<>();
      for (long offset = 0; offset < appended; offset += 2) {
        outcomes.add(move(store, List.of(new OffsetRange(offset, offset + 1)), body));
      }

      assertEquals(MoveOutcome.MOVED, outcomes.get(0));
      assertEquals(MoveOutcome.FULL, outcomes.get(outcomes.size() - 1));
      long held = store.stats(FROM).bytes() + store.stats(TO).bytes();
      assertTrue(held <= 17_000, "held " + held);
      assertConserved(store);
    }
  }

  @Test
  void tellsAMoveThatTheStoreIsClosed() {
    OpenStore store = OpenStore.at(directory);
    store.append(FROM, "a");
    store.close();

    assertEquals(MoveOutcome.CLOSED, move(store, List.of(new OffsetRange(0, 1)), "A"));
  }

  @Test
  void wakesTheReaderOfTheOtherQueue() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(FROM, "a");
      CompletableFuture<String> told = new CompletableFuture<>();
      try (QueueReader reader = store.queues().reader(TO, () -> told.complete("appended"))) {
        move(store, List.of(new OffsetRange(0, 1)), "A");

        assertEquals("appended", told.get(30, TimeUnit.SECONDS));
        assertEquals("A", OpenStore.text(reader.read(1, 1).get(0)));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void movesToAndFroInAnyOrderWithOtherWrites() {
    Random random = Seed.random("StoreMoveTest");
    try (OpenStore store = OpenStore.at(directory)) {
      long entries = 0;
      long moved = 0;
      List<CompletableFuture<MoveOutcome>> moves = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        if (entries == 0 || random.nextInt(3) == 0) {
          store.append(FROM, "x", "y", "z");
          entries += 3;
        } else {
          long from = (long) (random.nextDouble() * entries);
          long to = Math.min(entries, from + 1 + random.nextInt(3));
          List<OffsetRange> range = List.of(new OffsetRange(from, to));
          if (random.nextBoolean()) {
            store.queues().confirm(FROM, range, Disposition.DELIVERED);
          } else {
            moves.add(start(store, range, "m".repeat((int) (to - from)).split("")));
          }
        }
      }
      for (CompletableFuture<MoveOutcome> move : moves) {
        moved += move.join() == MoveOutcome.MOVED ? 1 : 0;
      }
      store.settle();

      assertTrue(moved > 0);
      QueueStats from = store.stats(FROM);
      assertEquals(from.left().deadLettered(), store.stats(TO).appended());
      assertEquals(from.depth(), store.owed(FROM).size());
      assertConserved(store);
    }
  }

  @Test
  void tellsHowManyARemovalTookOut() throws Exception {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(FROM, "a", "b", "c", "d");
      store.queues().confirm(FROM, List.of(new OffsetRange(1, 2)), Disposition.DELIVERED);

      Removal removal = remove(store, new OffsetRange(0, 3)).get(30, TimeUnit.SECONDS);

      assertEquals(new Removal(AppendOutcome.DURABLE, 2), removal);
      assertEquals(List.of("d"), store.owed(FROM));
      assertEquals(2, store.stats(FROM).left().dropped());
      assertConserved(store);
    }
  }

  @Test
  void countsARemovalThatTakesManyTurns() throws Exception {
    try (OpenStore store = OpenStore.at(directory)) {
      for (int i = 0; i < 400; i++) {
        store.append(FROM, "a", "b");
      }

      Removal removal = remove(store, new OffsetRange(0, 799)).get(30, TimeUnit.SECONDS);

      assertEquals(799, removal.entries());
      assertEquals(1, store.stats(FROM).depth());
    }
  }

  private static CompletableFuture<Removal> remove(OpenStore store, OffsetRange range) {
    CompletableFuture<Removal> told = new CompletableFuture<>();
    store.queues().remove(FROM, List.of(range), Disposition.DROPPED, told::complete);
    return told;
  }

  private static MoveOutcome move(OpenStore store, List<OffsetRange> ranges, String... bodies) {
    return start(store, ranges, bodies).join();
  }

  private static CompletableFuture<MoveOutcome> start(
      OpenStore store, List<OffsetRange> ranges, String... bodies) {
    AppendBatch into = new AppendBatch();
    for (String body : bodies) {
      into.add(TO, AppendBatch.NEVER, OpenStore.bytes(body));
    }
    CompletableFuture<MoveOutcome> told = new CompletableFuture<>();
    store.queues().move(FROM, ranges, Disposition.DEAD_LETTERED, into, told::complete);
    return told;
  }

  private static void assertConserved(OpenStore store) {
    for (QueueStats stats : store.queues().stats()) {
      assertEquals(0, stats.difference(), stats.toString());
    }
  }
}
