package dev.edgehub.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.message.SinkId;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.Removal;
import dev.edgehub.testing.ScriptedSink;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Messages that leave for the dead letters, and purges. */
class SinkPumpPoisonTest {

  private static final DeliveryOutcome CLOSED = new DeliveryOutcome.Closed("closed");
  private static final DeliveryOutcome TOO_LARGE = new DeliveryOutcome.Refused("too large");

  /** A link that the message "bad" closes, with all that is unanswered at that moment. */
  private static ScriptedSink closedByBad(PumpBench bench) {
    ScriptedSink link = ScriptedSink.holding();
    bench.attach(link);
    while (link.open() > 0) {
      if (link.bodies().contains("bad")) {
        link.answerAll(CLOSED);
      } else {
        link.answerFirst(DeliveryOutcome.ACCEPTED);
      }
      bench.run();
    }
    bench.detach(link);
    return link;
  }

  @Test
  void convictsTheMessageThatClosesTheLinkEveryTime() {
    PumpBench bench = new PumpBench(64, 0);
    bench.append(0, "bad", "good");

    List<List<String>> sent = new ArrayList<>();
    for (int i = 0; i < PumpBench.POISON_CLOSES; i++) {
      sent.add(closedByBad(bench).bodies());
    }
    ScriptedSink last = ScriptedSink.accepting();
    bench.attach(last);

    assertEquals(List.of(List.of("bad", "good"), List.of("bad"), List.of("bad")), sent);
    assertEquals(List.of("bad"), bench.told.poisoned);
    assertEquals(List.of("good"), last.bodies());
    assertEquals(1, bench.stats(0).left().deadLettered());
    bench.assertConserved(0);
  }

  @Test
  void findsThePoisonBehindAMessageThatIsFine() {
    PumpBench bench = new PumpBench(64, 0);
    bench.append(0, "good", "bad", "last");

    for (int i = 0; i < 10; i++) {
      closedByBad(bench);
    }
    bench.attach(ScriptedSink.accepting());

    assertEquals(List.of("bad"), bench.told.poisoned);
    assertEquals(List.of("good", "last"), bench.told.delivered);
  }

  @Test
  void forgetsEarlierClosesWhenAnythingWasAccepted() {
    PumpBench bench = new PumpBench(64, 0, 1);
    bench.append(1, "bad");
    for (int i = 1; i < PumpBench.POISON_CLOSES; i++) {
      closedByBad(bench);
    }
    bench.append(0, "urgent");
    ScriptedSink link = ScriptedSink.holding();
    bench.attach(link);
    link.answer("urgent", DeliveryOutcome.ACCEPTED);
    bench.run();
    link.answer("bad", CLOSED);
    bench.detach(link);
    closedByBad(bench);

    assertEquals(List.of(), bench.told.poisoned);
    closedByBad(bench);
    assertEquals(List.of("bad"), bench.told.poisoned);
  }

  @Test
  void blamesNobodyForLinksThatGoWithoutHavingSentIt() {
    PumpBench bench = new PumpBench(64, 0);
    bench.append(0, "a");

    for (int i = 0; i < 20; i++) {
      ScriptedSink link = ScriptedSink.holding();
      bench.attach(link);
      link.answerAll(DeliveryOutcome.GONE);
      bench.detach(link);
    }

    assertEquals(List.of(), bench.told.poisoned);
    assertEquals(1, bench.stats(0).depth());
  }

  @Test
  void backsOffWhenAConnectionBehindTheLinkIsClosed() {
    PumpBench bench = new PumpBench(64, 0);
    bench.append(0, "a");
    ScriptedSink link = ScriptedSink.answering(delivery -> CLOSED);

    bench.attach(link);
    int atOnce = link.seen().size();
    bench.pass(99);
    int stillOne = link.seen().size();
    bench.pass(1);

    assertEquals(List.of(1, 1, 2), List.of(atOnce, stillOne, link.seen().size()));
  }

  @Test
  void keepsARefusedMessageWithAllThatIsNeededToPutItBack() {
    PumpBench bench = new PumpBench(64, 7);
    bench.appendWithTtl(7, 60_000, "a");
    bench.pass(5);
    bench.attach(ScriptedSink.answering(delivery -> TOO_LARGE));

    bench.deadLetters.each(
        PumpBench.SINK,
        filed -> {
          assertEquals("too large", filed.letter().why());
          assertEquals(7, filed.letter().priority());
          assertEquals(1, filed.letter().attempts());
          assertEquals(60_000, filed.letter().deadlineMillis() - filed.letter().enqueuedMillis());
          assertEquals(5, filed.letter().atMillis() - filed.letter().enqueuedMillis());
        });
    assertEquals(1, bench.deadLetters.summaries().get(0).stats().depth());
  }

  @Test
  void deliversWhatIsPutBackLikeANewMessage() {
    PumpBench bench = new PumpBench(64, 0);
    bench.append(0, "a");
    ScriptedSink strict = ScriptedSink.answering(delivery -> TOO_LARGE);
    bench.attach(strict);
    bench.detach(strict);
    ScriptedSink link = ScriptedSink.accepting();
    bench.attach(link);

    bench.deadLetters.retry(PumpBench.SINK, OptionalLong.empty(), OptionalLong.empty());
    bench.run();

    assertEquals(List.of("a"), link.bodies());
    assertEquals(false, link.seen().get(0).repeated());
    bench.assertConserved(0);
  }

  @Test
  void keepsRefusedMessagesInTheirQueueWhileTheStoreIsFull() {
    PumpBench bench = new PumpBench(64, 0);
    bench.append(0, "a", "b");
    bench.store.answerAppends(AppendOutcome.FULL);
    bench.attach(ScriptedSink.answering(delivery -> TOO_LARGE));
    long whileFull = bench.stats(0).depth();

    bench.store.answerAppends(AppendOutcome.DURABLE);
    bench.pass(10_000);

    assertEquals(2, whileFull);
    assertEquals(2, bench.stats(0).left().deadLettered());
    assertEquals(2, bench.told.refused.size());
  }

  @Test
  void stopsReadingWhenTooManyWaitForRoom() {
    PumpBench bench = new PumpBench(64, 0);
    bench.appendMany(0, 3_000);
    bench.store.answerAppends(AppendOutcome.FULL);
    ScriptedSink link = ScriptedSink.answering(delivery -> TOO_LARGE);

    bench.attach(link);
    bench.pass(60_000);

    assertEquals(true, link.seen().size() < 1_000, "seen " + link.seen().size());
    assertEquals(3_000, bench.stats(0).depth());
  }

  @Test
  void letsTheOldestDeadLettersMakeRoom() {
    PumpBench bench = new PumpBench(64, 0);
    bench.appendMany(0, 9);

    bench.attach(ScriptedSink.answering(delivery -> TOO_LARGE));
    bench.run();

    List<Long> ids = new ArrayList<>();
    bench.deadLetters.each(PumpBench.SINK, filed -> ids.add(filed.id()));
    assertEquals(List.of(4L, 5L, 6L, 7L, 8L), ids);
    assertEquals(4, bench.deadLetters.summaries().get(0).stats().left().evicted());
  }

  @Test
  void buriesOneByOneWhenTheStoreHasNoRoomForMore() {
    PumpBench bench = new PumpBench(64, 0);
    bench.append(0, "a", "b", "c", "d");
    bench.store.moveAtMost(1);
    bench.attach(ScriptedSink.answering(delivery -> TOO_LARGE));

    bench.pass(60_000);

    assertEquals(4, bench.stats(0).left().deadLettered());
    bench.assertConserved(0);
  }

  @Test
  void purgesWhatWaitsAndLeavesWhatIsUnderWayToItsAnswer() {
    PumpBench bench = new PumpBench(2, 0, 1);
    bench.append(0, "a", "b", "c", "d");
    bench.append(1, "other");
    ScriptedSink link = ScriptedSink.holding();
    bench.attach(link);
    List<Removal> told = new ArrayList<>();

    bench.pump.purge(0, told::add);
    bench.run();
    link.answer("a", DeliveryOutcome.ACCEPTED);
    link.answer("b", new DeliveryOutcome.Retry("busy"));
    bench.run();

    assertEquals(List.of(new Removal(AppendOutcome.DURABLE, 2)), told);
    assertEquals(1, bench.stats(0).left().delivered());
    assertEquals(3, bench.stats(0).left().dropped());
    assertEquals(1, bench.stats(1).depth());
    bench.assertConserved(0);
  }

  @Test
  void deliversWhatComesAfterAPurge() {
    PumpBench bench = new PumpBench(64, 0);
    bench.appendMany(0, 1_000);
    bench.pump.purge(0, removal -> {});
    bench.run();

    bench.append(0, "new");
    ScriptedSink link = ScriptedSink.accepting();
    bench.attach(link);

    assertEquals(List.of("new"), link.bodies());
    assertEquals(1_000, bench.stats(0).left().dropped());
  }

  @Test
  void namesNoQueueThatASinkCouldHave() {
    String name = dev.edgehub.deadletter.DeadLetterQueues.of(PumpBench.SINK).sink();

    assertEquals(true, SinkId.parse(name).isEmpty());
  }
}
