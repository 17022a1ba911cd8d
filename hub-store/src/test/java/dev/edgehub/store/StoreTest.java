package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StoreTest {

  private static final QueueId QUEUE = OpenStore.QUEUE;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void redeliversUnconfirmedEntriesAfterReopen(Durability durability) {
    StoreOptions options = OpenStore.options(durability, 0, 0);
    try (OpenStore store = OpenStore.at(directory, options)) {
      assertEquals(AppendOutcome.DURABLE, store.append(QUEUE, "a", "b", "c", "d"));
      store.confirm(QUEUE, 0, 1, Disposition.DELIVERED);
      store.confirm(QUEUE, 2, 3, Disposition.EXPIRED);
    }

    try (OpenStore store = OpenStore.at(directory, options)) {
      assertEquals(List.of("b", "d"), store.owed(QUEUE));
    }
  }

  @Test
  void keepsFiguresExactAcrossReopen() {
    StoreOptions options = new StoreOptions(Durability.DISK, 0, 0, 1 << 20, new ManualClock());
    QueueStats before;
    try (OpenStore store = OpenStore.at(directory, options)) {
      store.append(QUEUE, "a", "b", "c");
      store.append(QUEUE, "d", "e");
      store.confirm(QUEUE, 0, 2, Disposition.DELIVERED);
      store.confirm(QUEUE, 3, 4, Disposition.EXPIRED);
      store.confirm(QUEUE, 2, 3, Disposition.DROPPED);
      before = store.stats(QUEUE);
    }

    try (OpenStore store = OpenStore.at(directory, options)) {
      QueueStats after = store.stats(QUEUE);

      assertEquals(before, after);
      assertEquals(5, after.appended());
      assertEquals(2, after.left().delivered());
      assertEquals(1, after.left().expired());
      assertEquals(1, after.left().dropped());
      assertEquals(1, after.depth());
      assertTrue(after.oldestMillis() > 0);
    }
  }

  @Test
  void goesOnCountingOffsetsWhereAnEmptiedQueueStopped() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(QUEUE, "a", "b");
      store.confirm(QUEUE, 0, 2, Disposition.DELIVERED);
    }

    try (OpenStore store = OpenStore.at(directory)) {
      assertEquals(0, store.stats(QUEUE).bytes());
      assertEquals(0, store.stats(QUEUE).oldestMillis());
      store.append(QUEUE, "c");
      try (QueueReader reader = store.queues().reader(QUEUE, () -> {})) {
        List<Entry> entries = reader.read(10, 100);
        assertEquals(List.of(2L), entries.stream().map(Entry::offset).toList());
      }
    }
  }

  @Test
  void keepsQueuesApart() {
    QueueId urgent = new QueueId("upstream", 1);
    QueueId module = new QueueId("module/input", 0);
    try (OpenStore store = OpenStore.at(directory)) {
      AppendBatch batch = new AppendBatch();
      for (int i = 0; i < 300; i++) {
        QueueId queue = List.of(QUEUE, urgent, module).get(i % 3);
        batch.add(queue, AppendBatch.NEVER, OpenStore.bytes("" + i));
      }
      store.append(batch);
      store.confirm(urgent, 0, 99, Disposition.DELIVERED);

      assertEquals(100, store.owed(QUEUE).size());
      assertEquals(List.of("298"), store.owed(urgent));
      assertEquals("299", store.owed(module).get(99));
      assertEquals(Set.of(QUEUE, urgent, module), store.queues().queues());
    }
  }

  @Test
  void splitsLargeGroupsAndKeepsBodiesOfEverySize() {
    List<byte[]> bodies = new ArrayList<>();
    for (int size : new int[] {0, 1, 200_000, 100_000, 300_000, 2_000_000, 5}) {
      byte[] body = new byte[size];
      java.util.Arrays.fill(body, (byte) size);
      bodies.add(body);
    }
    try (OpenStore store = OpenStore.at(directory)) {
      AppendBatch batch = new AppendBatch();
      bodies.forEach(body -> batch.add(QUEUE, 77, body));
      store.append(batch);
    }

    try (OpenStore store = OpenStore.at(directory);
        QueueReader reader = store.queues().reader(QUEUE, () -> {})) {
      for (byte[] body : bodies) {
        Entry entry = reader.read(1, 1).get(0);
        assertArrayEquals(body, entry.body());
        assertEquals(77, entry.deadlineMillis());
      }
      assertEquals(List.of(), reader.read(1, 1));
    }
  }

  @Test
  void returnsNoMoreThanTheReaderAskedFor() {
    try (OpenStore store = OpenStore.at(directory);
        QueueReader reader = store.queues().reader(QUEUE, () -> {})) {
      store.append(QUEUE, "aaaa", "bbbb", "cccc", "dddd");

      assertEquals(2, reader.read(2, 100).size());
      assertEquals(1, reader.read(10, 7).size());
      assertEquals(1, reader.read(10, 0).size());
    }
  }

  @Test
  void allowsOneReaderOfAQueueAtATime() {
    try (OpenStore store = OpenStore.at(directory)) {
      QueueReader reader = store.queues().reader(QUEUE, () -> {});
      assertThrows(IllegalStateException.class, () -> store.queues().reader(QUEUE, () -> {}));

      reader.close();

      store.queues().reader(QUEUE, () -> {}).close();
    }
  }

  @Test
  void purgesEntriesThatNoReaderHasSeen() {
    try (OpenStore store = OpenStore.at(directory)) {
      for (int i = 0; i < 400; i++) {
        store.append(QUEUE, "x", "y");
      }
      store.queues().confirm(QUEUE, List.of(new OffsetRange(1, 799)), Disposition.DROPPED);
      Await.until("the purge", () -> store.stats(QUEUE).depth() == 2);

      assertEquals(List.of("x", "y"), store.owed(QUEUE));
      assertEquals(798, store.stats(QUEUE).left().dropped());
    }
  }

  @Test
  void refusesToConfirmWhatWasNeverAppended() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(QUEUE, "a");

      assertThrows(
          IllegalArgumentException.class, () -> store.confirm(QUEUE, 0, 2, Disposition.DELIVERED));
    }
  }

  @Test
  void emptiesAQueueOnTheDiskWithoutAnyPublishersHelp() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.append(QUEUE, "a", "b");
      store.queues().confirm(QUEUE, List.of(new OffsetRange(0, 2)), Disposition.DELIVERED);
      Await.until("an empty queue", () -> store.stats(QUEUE).bytes() == 0);
    }

    try (OpenStore store = OpenStore.at(directory)) {
      assertEquals(List.of(), store.owed(QUEUE));
      assertEquals(2, store.stats(QUEUE).left().delivered());
    }
  }

  @Test
  void keepsDocumentsAcrossReopen() {
    try (OpenStore store = OpenStore.at(directory)) {
      store.put("sessions", "ä", "1");
      store.put("sessions", "b", "2");
      store.put("sessions", "b", "3");
      store.put("session", "sb", "other");
      store.put("sessions", "gone", "x");
      store.remove("sessions", "gone");
      store.remove("sessions", "never there");
    }

    try (OpenStore store = OpenStore.at(directory)) {
      Map<String, byte[]> all = store.documents().all("sessions");
      assertEquals(Set.of("ä", "b"), all.keySet());
      assertEquals("3", new String(all.get("b"), java.nio.charset.StandardCharsets.UTF_8));
      assertArrayEquals(OpenStore.bytes("other"), store.documents().get("session", "sb"));
      assertNull(store.documents().get("sessions", "gone"));
      assertThrows(IllegalArgumentException.class, () -> store.put("", "k", "v"));
    }
  }
}
