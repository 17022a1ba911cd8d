package dev.edgehub.delivery;

import static dev.edgehub.delivery.PumpBench.queue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.store.OffsetRange;
import dev.edgehub.testing.ScriptedSink;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes to a link, in which order and when. */
class SinkPumpTest {

  @Test
  void deliversWhatWaitsWhenALinkComes() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.accepting();
    bench.append(0, "a", "b", "c");
    bench.run();

    bench.attach(link);

    assertEquals(List.of("a", "b", "c"), link.bodies());
    assertEquals(3, bench.stats(0).left().delivered());
    assertEquals(0, bench.stats(0).depth());
    assertEquals(List.of("a", "b", "c"), bench.told.delivered);
  }

  @Test
  void deliversWhatIsAppendedWhileLinked() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.accepting();
    bench.attach(link);

    bench.append(0, "a");
    bench.run();
    bench.append(0, "b");
    bench.run();

    assertEquals(List.of("a", "b"), link.bodies());
  }

  @Test
  void deliversWhenALinkComesWhileATurnAlreadyWaits() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.accepting();
    bench.append(0, "a"); // its turn waits, and will run before the link is there

    bench.attach(link);

    assertEquals(List.of("a"), link.bodies());
  }

  @Test
  void servesALaneThatComesWhileATurnAlreadyWaits() {
    PumpBench bench = new PumpBench(64, 1);
    ScriptedSink link = ScriptedSink.accepting();
    bench.attach(link);
    bench.append(0, "early");
    bench.append(1, "a");

    bench.pump.addLane(0);
    bench.run();

    assertEquals(List.of("a", "early"), link.bodies());
  }

  @Test
  void keepsTheOrderOfALaneOverManyBatches() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.accepting();
    bench.appendMany(0, 1_000);

    bench.attach(link);

    assertEquals(IntStream.range(0, 1_000).mapToObj(i -> "m" + i).toList(), link.bodies());
    assertEquals(1_000, bench.stats(0).left().delivered());
  }

  @Test
  void takesTheMostUrgentLaneFirst() {
    PumpBench bench = new PumpBench(64, 0, 5, 2_000_000_000);
    ScriptedSink link = ScriptedSink.accepting();
    bench.append(2_000_000_000, "last");
    bench.append(5, "middle");
    bench.append(0, "first");

    bench.attach(link);

    assertEquals(List.of("first", "middle", "last"), link.bodies());
  }

  @Test
  void decidesAnewWhoseTurnItIsBeforeEachBatch() {
    PumpBench bench = new PumpBench(2, 0, 5);
    ScriptedSink link = ScriptedSink.holding();
    bench.append(5, "low1", "low2", "low3", "low4");
    bench.attach(link);

    bench.append(0, "high");
    bench.run();
    link.answerFirst(DeliveryOutcome.ACCEPTED);
    bench.run();
    link.answerFirst(DeliveryOutcome.ACCEPTED);
    bench.run();

    assertEquals(List.of("low1", "low2", "high", "low3"), link.bodies());
  }

  @Test
  void letsAnUrgentMessagePassTheRetryOfALowOne() {
    PumpBench bench = new PumpBench(1, 0, 5);
    ScriptedSink link = ScriptedSink.holding();
    bench.append(5, "low");
    bench.attach(link);
    link.answerFirst(new DeliveryOutcome.Retry("busy"));
    bench.run();

    bench.append(0, "high");
    bench.run();
    bench.pass(100);

    assertEquals(List.of("low", "high"), link.bodies());
  }

  @Test
  void neverHasMoreUnansweredThanTheWindow() {
    PumpBench bench = new PumpBench(10, 0, 1);
    ScriptedSink link = ScriptedSink.holding();
    bench.appendMany(0, 7);
    bench.appendMany(1, 7);

    bench.attach(link);
    int before = link.open();
    link.answerFirst(DeliveryOutcome.ACCEPTED);
    link.answerFirst(DeliveryOutcome.ACCEPTED);
    bench.run();

    assertEquals(10, before);
    assertEquals(10, link.open());
    assertEquals(10, bench.pump.status().inFlight());
  }

  @Test
  void boundsTheBytesInFlightToo() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.holding();
    String oneMegabyte = "x".repeat(1 << 20);
    for (int i = 0; i < 10; i++) {
      bench.append(0, oneMegabyte);
    }

    bench.attach(link);

    assertEquals(4, link.open());
  }

  @Test
  void confirmsOutOfOrderAnswersAsRanges() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.appendMany(0, 6);
    bench.attach(link);

    link.answer("m5", DeliveryOutcome.ACCEPTED);
    link.answer("m1", DeliveryOutcome.ACCEPTED);
    link.answer("m2", DeliveryOutcome.ACCEPTED);
    bench.run();
    link.answerAll(DeliveryOutcome.ACCEPTED);
    bench.run();

    assertEquals(
        List.of(
            new OffsetRange(1, 3),
            new OffsetRange(5, 6),
            new OffsetRange(0, 1),
            new OffsetRange(3, 5)),
        bench.store.confirmations(queue(0)));
    assertEquals(6, bench.stats(0).left().delivered());
  }

  @Test
  void countsAnAnswerWhereItComesInWhileNothingWaits() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.attach(link);
    bench.append(0, "a");
    bench.run();

    link.answerFirst(DeliveryOutcome.ACCEPTED); // and no turn after it

    assertEquals(List.of("a"), bench.told.delivered);
  }

  @Test
  void leavesAnAnswerToATurnWhileMessagesWaitForRoom() {
    PumpBench bench = new PumpBench(1, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.append(0, "a", "b");
    bench.attach(link);

    link.answerFirst(DeliveryOutcome.ACCEPTED);
    assertEquals(List.of(), bench.told.delivered);
    bench.run();

    assertEquals(List.of("a"), bench.told.delivered);
    assertEquals(List.of("a", "b"), link.bodies());
  }

  @Test
  void triesAgainWhatIsRefusedWhileNothingWaits() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.attach(link);
    bench.append(0, "a");
    bench.run();

    link.answerFirst(DeliveryOutcome.GONE);
    bench.run();

    assertEquals(List.of("a", "a"), link.bodies());
  }

  @Test
  void ignoresASecondAnswer() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.append(0, "a");
    bench.attach(link);
    Delivery delivery = link.seen().get(0);

    delivery.complete(DeliveryOutcome.ACCEPTED);
    delivery.complete(new DeliveryOutcome.Refused("late"));
    bench.run();

    assertEquals(1, bench.stats(0).left().delivered());
    assertEquals(List.of(), bench.told.refused);
    assertEquals(0, bench.pump.status().inFlight());
  }

  @Test
  void countsARefusedMessageAndGoesOn() {
    PumpBench bench = new PumpBench(1, 0);
    ScriptedSink link =
        ScriptedSink.answering(
            delivery ->
                ScriptedSink.body(delivery).equals("bad")
                    ? new DeliveryOutcome.Refused("too large")
                    : DeliveryOutcome.ACCEPTED);
    bench.append(0, "good1", "bad", "good2");

    bench.attach(link);

    assertEquals(List.of("good1", "bad", "good2"), link.bodies());
    assertEquals(List.of("bad: too large"), bench.told.refused);
    assertEquals(1, bench.stats(0).left().deadLettered());
    assertEquals(2, bench.stats(0).left().delivered());
  }

  @Test
  void tellsHowLongAMessageWasQueued() {
    PumpBench bench = new PumpBench(64, 0);
    bench.append(0, "a");
    bench.pass(1_500);

    bench.attach(ScriptedSink.accepting());

    assertEquals(List.of(1_500L), bench.told.queuedMillis);
  }

  @Test
  void losesNoMessageAppendedWhileTheLastReadIsUnderWay() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.accepting();
    bench.attach(link);
    bench.append(0, "a");

    bench.store.duringNextRead(() -> bench.append(0, "b"));
    bench.run();

    assertEquals(List.of("a", "b"), link.bodies());
  }

  @Test
  void losesNoMessageAppendedWhileAReadFindsNothing() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.accepting();

    bench.store.duringNextRead(() -> bench.append(0, "a")); // the first turn's read is empty
    bench.attach(link);

    assertEquals(List.of("a"), link.bodies());
  }

  @Test
  void putsUnreadableEntriesAsideAndGoesOn() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.accepting();
    bench.append(0, "a");
    bench.appendGarbage(0, 2);
    bench.append(0, "b");

    bench.attach(link);

    assertEquals(List.of("a", "b"), link.bodies());
    assertEquals(2, bench.told.unreadable.size());
    assertTrue(bench.told.unreadable.get(0).contains("offset 1"), bench.told.unreadable.get(0));
    assertEquals(2, bench.stats(0).left().deadLettered());
    assertEquals(0, bench.stats(0).depth());
  }

  @Test
  void findsTheMessageBehindMoreUnreadableEntriesThanOneReadGives() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.accepting();
    bench.appendGarbage(0, 5_000);
    bench.append(0, "a");

    bench.attach(link);

    assertEquals(List.of("a"), link.bodies());
    assertEquals(5_000, bench.stats(0).left().deadLettered());
  }

  @Test
  void servesTheOtherLanesWhileAQueueCannotBeRead() {
    PumpBench bench = new PumpBench(64, 0, 1);
    ScriptedSink link = ScriptedSink.accepting();
    bench.store.damage(queue(0));
    bench.append(0, "stuck");
    bench.append(1, "a");

    bench.attach(link);
    List<String> meanwhile = link.bodies();
    bench.store.mend();
    bench.pass(5_000);

    assertEquals(List.of("a"), meanwhile);
    assertEquals(List.of("a", "stuck"), link.bodies());
  }

  @Test
  void tellsTheirStateToPeople() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.holding();
    SinkStatus.State waiting = bench.pump.status().state();

    bench.attach(link);
    SinkStatus.State linked = bench.pump.status().state();
    bench.append(0, "a");
    bench.run();
    link.answerFirst(new DeliveryOutcome.Retry("busy"));
    bench.run();
    SinkStatus backingOff = bench.pump.status();
    bench.pump.setRouted(false);
    bench.run();

    assertEquals(SinkStatus.State.WAITING, waiting);
    assertEquals(SinkStatus.State.CONNECTED, linked);
    assertEquals(
        new SinkStatus(SinkStatus.State.BACKING_OFF, 0, "busy", bench.clock.millis() + 100),
        backingOff);
    assertEquals(SinkStatus.State.DETACHED, bench.pump.status().state());
  }

  @Test
  void deliversWhatIsCommittedAtAnyReadAndToldLater() {
    for (int reads = 0; reads < 6; reads++) {
      PumpBench bench = new PumpBench(64, 0);
      ScriptedSink link = ScriptedSink.accepting();
      bench.attach(link);
      Runnable[] tell = {() -> {}};
      bench.duringReadAfter(reads, () -> tell[0] = bench.commit(0, "b"));

      bench.append(0, "a");
      bench.run();
      tell[0].run(); // the store tells of a commit after a read may have seen it
      bench.run();

      assertEquals(
          bench.stats(0).appended(),
          bench.stats(0).left().delivered(),
          "committed at read " + reads);
    }
  }

  @Test
  void givesQueueAndTimerBackWhenItIsClosed() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.appendWithTtl(0, 5_000, "a", "b");
    bench.attach(link);
    link.answer("a", DeliveryOutcome.ACCEPTED);

    bench.pump.close(new CountDownLatch(1));
    bench.run();
    link.answerAll(DeliveryOutcome.ACCEPTED); // too late
    bench.run();

    assertEquals(1, bench.stats(0).left().delivered());
    assertEquals(1, bench.stats(0).depth());
    assertEquals(0, bench.timer.waiting());
    bench.store.reader(queue(0), () -> {}).close();
  }
}
