package dev.edgehub.deadletter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edgehub.message.MessageCodec;
import dev.edgehub.message.SinkId;
import dev.edgehub.message.UnreadableMessageException;
import dev.edgehub.store.AppendBatch;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.Entry;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueReader;
import dev.edgehub.store.QueueStats;
import dev.edgehub.store.Removal;
import dev.edgehub.testing.ManualClock;
import dev.edgehub.testing.MemoryQueueStore;
import dev.edgehub.testing.MessageFixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What an operator does with dead letters. */
class DeadLettersTest {

  private static final SinkId SINK = SinkId.UPSTREAM;
  private static final QueueId QUEUE = new QueueId("upstream", 3);
  private static final OptionalLong ALL = OptionalLong.empty();
  private static final OptionalLong OLD_DEADLINE = OptionalLong.empty();

  private final ManualClock clock = new ManualClock();
  private final MemoryQueueStore store = new MemoryQueueStore(clock);
  private final DeadLetters letters =
      new DeadLetters(
          store, new DeadLetterLimits(100, 1 << 20), Runnable::run, DeadLetterListener.NONE);

  /** Appends an entry and makes it a dead letter. */
  private void bury(byte[] stored, long deadlineMillis) {
    long offset = store.stats(QUEUE).appended();
    AppendBatch batch = new AppendBatch();
    batch.add(QUEUE, deadlineMillis, stored);
    store.append(batch, outcome -> {});
    bury(offset, stored, deadlineMillis);
  }

  private void bury(long offset, byte[] stored, long deadlineMillis) {
    letters.bury(
        SINK,
        QUEUE,
        List.of(
            new DeadLetter(
                DeadLetter.Cause.REFUSED,
                "why",
                clock.millis(),
                1,
                QUEUE.priority(),
                offset,
                clock.millis(),
                deadlineMillis,
                stored)),
        outcome -> {});
  }

  private static byte[] message(String body) {
    return MessageCodec.encode(MessageFixtures.message(body));
  }

  @Test
  void putsOneBackWithTheDeadlineThatItHad() {
    byte[] stored = message("b");
    bury(message("a"), AppendBatch.NEVER);
    bury(stored, clock.millis() + 500);

    Retried retried = letters.retry(SINK, OptionalLong.of(1), OLD_DEADLINE);

    assertEquals(new Retried(1, 0, 0, ""), retried);
    try (QueueReader reader = store.reader(QUEUE, () -> {})) {
      Entry entry = reader.read(9, 9_999).get(0);
      assertArrayEquals(stored, entry.body());
      assertEquals(clock.millis() + 500, entry.deadlineMillis());
    }
    assertEquals(1, letters.summaries().get(0).stats().depth());
    assertEquals(1, letters.summaries().get(0).stats().left().moved());
    assertConserved();
  }

  @Test
  void leavesWhatIsOverdueUnlessItGetsANewTimeToLive() {
    bury(message("a"), clock.millis());

    Retried refused = letters.retry(SINK, ALL, OLD_DEADLINE);
    Retried granted = letters.retry(SINK, ALL, OptionalLong.of(7_000));

    assertEquals(new Retried(0, 1, 0, ""), refused);
    assertEquals(new Retried(1, 0, 0, ""), granted);
    try (QueueReader reader = store.reader(QUEUE, () -> {})) {
      assertEquals(clock.millis() + 7_000, reader.read(1, 1).get(0).deadlineMillis());
    }
  }

  @Test
  void leavesWhatIsNoMessage() {
    bury(new byte[] {99}, AppendBatch.NEVER);
    AppendBatch newer = new AppendBatch();
    newer.add(DeadLetterQueues.of(SINK), AppendBatch.NEVER, new byte[] {2});
    store.append(newer, outcome -> {});

    assertEquals(new Retried(0, 0, 2, ""), letters.retry(SINK, ALL, OLD_DEADLINE));
    assertEquals(2, letters.summaries().get(0).stats().depth());
  }

  @Test
  void putsEachBackOnceAlthoughItIsRefusedAtOnce() {
    byte[] stored = message("a");
    bury(stored, AppendBatch.NEVER);
    int[] refused = new int[1];
    store.reader(
        QUEUE,
        () -> {
          if (refused[0]++ < 10) {
            bury(store.stats(QUEUE).appended() - 1, stored, AppendBatch.NEVER);
          }
        });

    Retried retried = letters.retry(SINK, ALL, OLD_DEADLINE);

    assertEquals(1, retried.moved());
    assertEquals(1, letters.summaries().get(0).stats().depth());
    assertConserved();
  }

  @Test
  void saysWhenTheStoreIsFull() {
    bury(message("a"), AppendBatch.NEVER);
    store.answerAppends(AppendOutcome.FULL);

    Retried retried = letters.retry(SINK, ALL, OLD_DEADLINE);

    assertEquals(0, retried.moved());
    assertEquals("the store is full; try again when there is room", retried.trouble());
    assertEquals(1, letters.summaries().get(0).stats().depth());
  }

  @Test
  void dropsOneOrAll() {
    for (int i = 0; i < 4; i++) {
      bury(message("m" + i), AppendBatch.NEVER);
    }

    Removal one = letters.drop(SINK, OptionalLong.of(2));
    Removal again = letters.drop(SINK, OptionalLong.of(2));
    Removal unknown = letters.drop(SINK, OptionalLong.of(Long.MAX_VALUE - 1));
    Removal rest = letters.drop(SINK, ALL);

    assertEquals(
        List.of(1L, 0L, 0L, 3L),
        List.of(one.entries(), again.entries(), unknown.entries(), rest.entries()));
    assertConserved();
  }

  @Test
  void listsInOrder() {
    bury(message("a"), AppendBatch.NEVER);
    bury(new byte[] {99}, AppendBatch.NEVER);

    List<FiledLetter> listed = new ArrayList<>();
    letters.each(SINK, listed::add);

    assertEquals(List.of(0L, 1L), listed.stream().map(FiledLetter::id).toList());
    assertArrayEquals(message("a"), assertNotNullLetter(listed.get(0)).stored());
  }

  private static DeadLetter assertNotNullLetter(FiledLetter filed) {
    DeadLetter letter = filed.letter();
    assertNotNull(letter);
    return letter;
  }

  @Test
  void survivesItsEncoding() throws UnreadableMessageException {
    DeadLetter letter =
        new DeadLetter(
            DeadLetter.Cause.POISON, "é".repeat(2_000), 1, 2, 3, 4, 5, 6, new byte[] {7, 8});

    DeadLetter read = DeadLetterCodec.decode(DeadLetterCodec.encode(letter));

    assertEquals("é".repeat(999) + "…", read.why());
    assertEquals(
        List.of(1L, 2L, 3L, 4L, 5L, 6L),
        List.of(
            read.atMillis(),
            (long) read.attempts(),
            (long) read.priority(),
            read.offset(),
            read.enqueuedMillis(),
            read.deadlineMillis()));
    assertArrayEquals(new byte[] {7, 8}, read.stored());
    assertEquals(DeadLetter.Cause.POISON, read.cause());
  }

  @Test
  void refusesBytesThatAreNone() {
    byte[] good =
        DeadLetterCodec.encode(
            new DeadLetter(DeadLetter.Cause.REFUSED, "why", 1, 2, 3, 4, 5, 6, new byte[0]));
    byte[] newer = good.clone();
    newer[0] = 2;
    byte[] causeless = good.clone();
    causeless[1] = 9;

    assertThrows(UnreadableMessageException.class, () -> DeadLetterCodec.decode(newer));
    assertThrows(UnreadableMessageException.class, () -> DeadLetterCodec.decode(causeless));
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThrows(UnreadableMessageException.class, () -> DeadLetterCodec.decode(cut));
    }
  }

  private void assertConserved() {
    for (QueueStats stats : store.stats()) {
      assertEquals(0, stats.difference(), stats.toString());
    }
  }
}
