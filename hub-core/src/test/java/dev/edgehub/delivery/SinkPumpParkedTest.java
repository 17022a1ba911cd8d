package dev.edgehub.delivery;

import static dev.edgehub.delivery.DeliveryOutcome.ACCEPTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.message.Identity;
import dev.edgehub.testing.ScriptedSink;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Senders that the sink takes nothing of for a while: who waits for whom. */
class SinkPumpParkedTest extends ParkedScene {

  @Test
  void delaysNobodyElse() {
    PumpBench bench = new PumpBench(4, 0);
    for (int i = 0; i < 1_000; i++) {
      bench.appendFrom(BAD, 0, NEVER, "b" + i);
      bench.appendFrom(GOOD, 0, NEVER, "g" + i);
    }
    ScriptedSink link = turningAwayBad();

    bench.attach(link);

    assertEquals(IntStream.range(0, 1_000).mapToObj(i -> "g" + i).toList(), of(GOOD, link));
    assertEquals(0, bench.stats(0).depth(), "the others' queue is empty");
    assertEquals(1_000, bench.stats(0).left().moved());
    assertEquals(1_000, bench.parkedStats(BAD, 0).depth());
    assertEquals(SinkStatus.State.CONNECTED, bench.pump.status().state());
    assertAllConserved(bench);
  }

  @Test
  void keepsTheOrderOfASenderAcrossItsWindow() {
    PumpBench bench = new PumpBench(3, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.appendFrom(BAD, 0, NEVER, "b1", "b2", "b3", "b4");
    bench.attach(link);

    link.answer("b2", UNWELCOME);
    bench.run();
    long movedBeforeAllWereAnswered = bench.stats(0).left().moved();
    link.answer("b3", UNWELCOME);
    link.answer("b1", DeliveryOutcome.GONE);
    bench.run();
    bench.pass(100);
    while (link.open() > 0) {
      link.answerFirst(ACCEPTED);
      bench.run();
    }

    assertEquals(0, movedBeforeAllWereAnswered);
    assertEquals(List.of("b1", "b2", "b3", "b1", "b2", "b3", "b4"), link.bodies());
    assertEquals(
        List.of(false, false, false, true, true, true, false),
        link.seen().stream().map(Delivery::repeated).toList());
  }

  @Test
  void asksAgainWithOneMessageAfterWaitsThatGrow() {
    ScriptedSink link = turningAwayBad();
    PumpBench bench = parked(link);
    int before = link.seen().size();

    List<Integer> attempts = new ArrayList<>();
    for (long wait : new long[] {99, 1, 199, 1, 399, 1}) {
      bench.pass(wait);
      attempts.add(link.seen().size() - before);
    }

    assertEquals(List.of(0, 1, 1, 2, 2, 3), attempts);
    assertEquals(List.of("b1", "b1", "b1"), link.bodies().subList(before, before + 3));
  }

  @Test
  void sendsASendersMessagesOneAtATimeUntilOneIsTaken() {
    ScriptedSink link = ScriptedSink.holding();
    PumpBench bench = new PumpBench(8, 0);
    bench.appendFrom(BAD, 0, NEVER, "b1", "b2", "b3");
    bench.attach(link);
    link.answerAll(UNWELCOME);
    bench.run();

    bench.pass(100);
    int alone = link.open();
    link.answerFirst(ACCEPTED);
    bench.run();

    assertEquals(1, alone);
    assertEquals(List.of("b2", "b3"), link.waiting());
  }

  @Test
  void goesWithTheOthersAgainWhenItsQueueIsEmpty() {
    ScriptedSink link = turningAwayBad();
    PumpBench bench = parked(link);
    answer = ACCEPTED;
    bench.pass(100);

    bench.appendFrom(BAD, 0, NEVER, "b4");
    bench.run();

    assertEquals(List.of("b1", "b2", "b3", "b4"), bench.told.delivered);
    assertEquals(3, bench.stats(0).left().moved(), "b4 was not moved");
    assertNull(bench.pump.status(BAD));
    assertAllConserved(bench);
  }

  @Test
  void movesNothingMoreWhenItsQueueIsAboutToBeEmpty() {
    ScriptedSink link = ScriptedSink.holding();
    PumpBench bench = new PumpBench(8, 0);
    bench.appendFrom(BAD, 0, NEVER, "b1", "b2");
    bench.attach(link);
    link.answerAll(UNWELCOME);
    bench.run();
    bench.pass(100);
    link.answerFirst(ACCEPTED);
    bench.run();

    bench.appendFrom(BAD, 0, NEVER, "b3"); // while b2 is under way
    bench.run();
    link.answerFirst(ACCEPTED);
    bench.run();

    assertEquals(List.of("b3"), link.waiting());
    assertEquals(2, bench.stats(0).left().moved());
  }

  @Test
  void endsTheBackOffWhenALinkComesUp() {
    ScriptedSink link = turningAwayBad();
    PumpBench bench = parked(link);
    for (int i = 0; i < 10; i++) {
      bench.pass(10_000);
    }

    answer = ACCEPTED;
    bench.attach(link);

    assertEquals(List.of("b1", "b2", "b3"), bench.told.delivered);
  }

  @Test
  void parksNobodyForWhatAnOldLinkSays() {
    PumpBench bench = new PumpBench(8, 0);
    ScriptedSink old = ScriptedSink.holding();
    ScriptedSink link = ScriptedSink.accepting();
    bench.appendFrom(BAD, 0, NEVER, "b1");
    bench.attach(old);
    bench.attach(link);

    old.answerAll(UNWELCOME);
    bench.run();

    assertEquals(List.of("b1"), link.bodies());
    assertEquals(0, bench.stats(0).left().moved());
  }

  @Test
  void saysHowAParkedSenderIsDoing() {
    ScriptedSink link = turningAwayBad();
    PumpBench bench = parked(link);

    SinkStatus status = bench.pump.status(BAD);

    assertEquals(
        new SinkStatus(SinkStatus.State.PARKED, 0, "throttled", bench.clock.millis() + 100),
        status);
    assertNull(bench.pump.status(GOOD));
  }

  @Test
  void keepsASenderApartAfterARestart() {
    ScriptedSink link = turningAwayBad();
    PumpBench bench = parked(link);
    bench.appendFrom(BAD, 0, NEVER, "b4");

    bench.restart();
    answer = ACCEPTED;
    ScriptedSink next = turningAwayBad();
    bench.attach(next);

    assertEquals(List.of("b1", "b2", "b3", "b4"), next.bodies());
    assertAllConserved(bench);
  }

  @Test
  void keepsPriorities() {
    PumpBench bench = new PumpBench(8, 0, 5);
    bench.appendFrom(BAD, 5, NEVER, "late");
    bench.appendFrom(BAD, 0, NEVER, "soon");
    ScriptedSink link = turningAwayBad();
    bench.attach(link);
    long later = bench.parkedStats(BAD, 5).depth();
    long sooner = bench.parkedStats(BAD, 0).depth();

    answer = ACCEPTED;
    bench.pass(100);

    assertEquals(List.of(1L, 1L), List.of(later, sooner));
    assertEquals(List.of("soon", "late"), bench.told.delivered);
  }

  @Test
  void servesParkedSendersAndTheOthersInTurn() {
    ScriptedSink link = turningAwayBad();
    PumpBench bench = parked(link);
    ScriptedSink slow = ScriptedSink.holding();
    bench.detach(link);
    IntStream.range(0, 500).forEach(i -> bench.appendFrom(GOOD, 0, NEVER, "g" + i));

    bench.attach(slow);
    for (int i = 0; i < 20; i++) {
      slow.answerFirst(ACCEPTED);
      bench.run();
    }

    assertTrue(
        bench.told.delivered.containsAll(List.of("b1", "b2", "b3")), "" + bench.told.delivered);
    assertTrue(bench.told.delivered.contains("g10"));
  }

  @Test
  void letsParkedSendersHaveFewMessagesUnderWay() {
    PumpBench bench = new PumpBench(8, 0);
    for (int i = 0; i < 8; i++) {
      bench.appendFrom(new Identity.Device("bad" + i), 0, NEVER, "b" + i);
    }
    ScriptedSink link = ScriptedSink.holding();
    bench.attach(link);
    link.answerAll(UNWELCOME);
    bench.run();

    bench.pass(100);
    List<String> asked = link.waiting();
    link.answerAll(UNWELCOME);
    bench.run();

    assertEquals(List.of("b0", "b1"), asked);
    assertEquals(List.of("b2", "b3"), link.waiting());
  }

  @Test
  void backsOffAsAWholeWhenTooManySendersAreParked() {
    PumpBench bench = new PumpBench(64, 0);
    for (int i = 0; i <= ParkedSenders.MOST; i++) {
      bench.appendFrom(new Identity.Device("d" + i), 0, NEVER, "m" + i);
    }
    ScriptedSink link = ScriptedSink.answering(delivery -> UNWELCOME);

    bench.attach(link);

    assertEquals(ParkedSenders.MOST, bench.stats(0).left().moved());
    assertEquals(1, bench.stats(0).depth());
    assertEquals(SinkStatus.State.BACKING_OFF, bench.pump.status().state());
    assertEquals("throttled", bench.pump.status().lastError());
    assertAllConserved(bench);
  }
}
