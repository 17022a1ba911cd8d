package dev.edgehub.delivery;

import static dev.edgehub.delivery.DeliveryOutcome.ACCEPTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.QueueStats;
import dev.edgehub.store.Removal;
import dev.edgehub.testing.ScriptedSink;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What leaves the queues of parked senders by other ways, and queues that do not work. */
class SinkPumpParkedLossTest extends ParkedScene {

  @Test
  void expiresWhatWaitsApart() {
    PumpBench bench = new PumpBench(8, 0);
    bench.appendFrom(BAD, 0, NEVER, "b1");
    bench.appendFrom(BAD, 0, bench.clock.millis() + 2_000, "b2");
    bench.appendFrom(BAD, 0, bench.clock.millis() + 9_000, "b3");
    ScriptedSink link = turningAwayBad();
    bench.attach(link);
    bench.detach(link); // link or not, deadlines pass

    bench.pass(2_250);
    List<String> first = List.copyOf(bench.told.expired);
    bench.pass(10_000);

    assertEquals(List.of("b2"), first);
    assertEquals(List.of("b2", "b3"), bench.told.expired);
    assertEquals(2, bench.parkedStats(BAD, 0).left().expired());
    assertEquals(1, bench.parkedStats(BAD, 0).depth());
    assertAllConserved(bench);
  }

  @Test
  void forgetsASenderWhoseMessagesHaveAllExpired() {
    PumpBench bench = new PumpBench(8, 0);
    bench.appendFrom(BAD, 0, bench.clock.millis() + 50, "b1");
    ScriptedSink link = turningAwayBad();
    bench.attach(link);

    bench.pass(1_000);
    answer = ACCEPTED;
    bench.appendFrom(BAD, 0, NEVER, "b2");
    bench.run();

    assertEquals(List.of("b1"), bench.told.expired);
    assertEquals(List.of("b2"), bench.told.delivered);
    assertEquals(1, bench.stats(0).left().moved());
  }

  @Test
  void purgesTheQueuesOfParkedSendersWithTheirSink() {
    ScriptedSink link = turningAwayBad();
    PumpBench bench = parked(link);
    List<Removal> told = new ArrayList<>();

    bench.pump.purge(0, told::add);
    bench.run();
    answer = ACCEPTED;
    bench.pass(60_000);

    assertEquals(List.of(new Removal(AppendOutcome.DURABLE, 3)), told);
    assertEquals(3, bench.parkedStats(BAD, 0).left().dropped());
    assertEquals(List.of(), bench.told.delivered);
    assertAllConserved(bench);
  }

  @Test
  void purgesWhatIsOnItsWayBetweenTwoQueues() {
    PumpBench bench = new PumpBench(8, 0);
    bench.appendFrom(BAD, 0, NEVER, "b1", "b2");
    List<Runnable> writer = new ArrayList<>();
    bench.store.writeBy(writer::add);
    bench.attach(turningAwayBad());
    List<Removal> told = new ArrayList<>();

    bench.pump.purge(0, told::add);
    bench.run();
    boolean toldBeforeTheMove = !told.isEmpty();
    bench.store.writeBy(Runnable::run);
    writer.forEach(Runnable::run);
    bench.run();

    assertEquals(false, toldBeforeTheMove);
    assertEquals(List.of(new Removal(AppendOutcome.DURABLE, 2)), told);
    assertEquals(0, sum(bench, QueueStats::depth));
  }

  @Test
  void givesUpWhatIsRefusedWhileItsSenderIsParked() {
    ScriptedSink link = turningAwayBad();
    PumpBench bench = parked(link);
    answer = new DeliveryOutcome.Refused("too large");

    bench.pass(100);

    assertEquals(3, bench.told.refused.size());
    assertEquals(3, bench.parkedStats(BAD, 0).left().deadLettered());
    assertAllConserved(bench);

    answer = ACCEPTED;
    bench.executor.runAtOnce();
    bench.deadLetters.retry(PumpBench.SINK, OptionalLong.empty(), OptionalLong.empty());
    assertEquals(List.of("b1", "b2", "b3"), bench.told.delivered, "back by their sink's queue");
    assertEquals(6, bench.stats(0).appended());
  }

  @Test
  void convictsPoisonInTheQueueOfAParkedSender() {
    ScriptedSink link = turningAwayBad();
    PumpBench bench = parked(link);
    answer = new DeliveryOutcome.Closed("closed");

    bench.pass(60_000);

    assertEquals(List.of("b1", "b2", "b3"), bench.told.poisoned);
    assertEquals(3, bench.parkedStats(BAD, 0).left().deadLettered());
    assertAllConserved(bench);
  }

  @Test
  void triesAgainInPlaceWhenTheStoreHasNoRoomForAMove() {
    PumpBench bench = new PumpBench(8, 0);
    bench.appendFrom(BAD, 0, NEVER, "b1", "b2");
    bench.store.answerAppends(AppendOutcome.FULL);
    ScriptedSink link = turningAwayBad();
    bench.attach(link);
    boolean inPlace = bench.stats(0).depth() == 2;

    answer = ACCEPTED;
    bench.pass(100);

    assertTrue(inPlace);
    assertEquals(List.of("b1", "b2"), bench.told.delivered);
    assertEquals(0, bench.stats(0).left().moved());
  }

  @Test
  void leavesAQueueThatCannotBeReadAloneForAWhile() {
    ScriptedSink link = turningAwayBad();
    PumpBench bench = parked(link);
    bench.store.damage(PumpBench.parked(BAD, 0));
    answer = ACCEPTED;
    bench.pass(1_000);

    bench.store.mend();
    bench.appendFrom(GOOD, 0, NEVER, "g1");
    bench.pass(5_000);

    assertEquals(List.of("g1", "b1", "b2", "b3"), bench.told.delivered);
  }
}
