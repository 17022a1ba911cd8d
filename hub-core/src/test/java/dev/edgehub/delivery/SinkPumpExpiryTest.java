package dev.edgehub.delivery;

import static dev.edgehub.delivery.DeliveryOutcome.ACCEPTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.testing.ScriptedSink;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a message's time to live ends. */
class SinkPumpExpiryTest {

  @Test
  void expiresByTimerWhileThereIsNoLink() {
    PumpBench bench = new PumpBench(64, 0);
    bench.appendWithTtl(0, 5_000, "a");
    bench.run();

    bench.pass(4_999);
    long before = bench.stats(0).left().expired();
    bench.pass(1);

    assertEquals(0, before);
    assertEquals(1, bench.stats(0).left().expired());
    assertEquals(List.of("a"), bench.told.expired);
    assertEquals(0, bench.stats(0).depth());
  }

  @Test
  void expiresOneAfterTheOtherByTimer() {
    PumpBench bench = new PumpBench(64, 0, 1);
    bench.appendWithTtl(0, 1_000, "a");
    bench.appendWithTtl(0, 2_000, "b");
    bench.appendWithTtl(1, 1_500, "c");
    bench.run();

    bench.pass(1_000);
    List<String> first = List.copyOf(bench.told.expired);
    bench.pass(500);
    List<String> second = List.copyOf(bench.told.expired);
    bench.pass(500);

    assertEquals(List.of("a"), first);
    assertEquals(List.of("a", "c"), second);
    assertEquals(List.of("a", "c", "b"), bench.told.expired);
  }

  @Test
  void setsTheAlarmForwardForAShorterDeadline() {
    PumpBench bench = new PumpBench(64, 0, 1);
    bench.appendWithTtl(0, 60_000, "late");
    bench.run();

    bench.appendWithTtl(1, 1_000, "soon");
    bench.run();
    bench.pass(1_000);

    assertEquals(List.of("soon"), bench.told.expired);
  }

  @Test
  void expiresTheMessagesOfASinkThatNoRouteNames() {
    PumpBench bench = new PumpBench(64, 0);
    bench.pump.setRouted(false);
    bench.appendWithTtl(0, 1_000, "a");
    bench.run();

    bench.pass(1_000);

    assertEquals(1, bench.stats(0).left().expired());
  }

  @Test
  void tellsALinkHowMuchTimeIsLeft() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.appendWithTtl(0, 5_000, "a");
    bench.append(0, "b");
    bench.attach(link);

    bench.clock.step(2_000);

    assertEquals(3_000, link.seen().get(0).remainingMillis());
    assertEquals(Long.MAX_VALUE, link.seen().get(1).remainingMillis());
    bench.clock.step(4_000);
    assertEquals(0, link.seen().get(0).remainingMillis());
  }

  @Test
  void looksAtTheDeadlineBeforeEachAttempt() {
    PumpBench bench = new PumpBench(1, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.appendWithTtl(0, 1_000, "a", "b");
    bench.append(0, "c");
    bench.attach(link);

    bench.clock.step(1_000); // the alarm has not rung yet
    link.answerFirst(ACCEPTED);
    bench.run();

    assertEquals(List.of("a", "c"), link.bodies());
    assertEquals(List.of("b"), bench.told.expired);
    assertEquals(1, bench.stats(0).left().delivered());
  }

  @Test
  void looksAtTheDeadlineBeforeARepeatedAttempt() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.answering(delivery -> new DeliveryOutcome.Retry("busy"));
    bench.appendWithTtl(0, 150, "a");
    bench.attach(link);

    bench.pass(100);
    int attempts = link.seen().size();
    bench.pass(10_000);

    assertEquals(2, attempts);
    assertEquals(2, link.seen().size());
    assertEquals(List.of("a"), bench.told.expired);
    assertEquals(1, bench.stats(0).left().expired());
  }

  @Test
  void countsADeliveryAcceptedAfterItsDeadlineAsDelivered() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.appendWithTtl(0, 1_000, "a");
    bench.attach(link);

    bench.pass(2_000);
    link.answerAll(ACCEPTED);
    bench.run();

    assertEquals(1, bench.stats(0).left().delivered());
    assertEquals(List.of(), bench.told.expired);
  }

  @Test
  void countsAMessageThatExpiresAfterAGoneLinkOnce() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.appendWithTtl(0, 1_000, "a");
    bench.attach(link);
    bench.pass(2_000);

    bench.detach(link);
    link.answerAll(DeliveryOutcome.GONE);
    bench.run();

    assertEquals(List.of("a"), bench.told.expired);
    assertEquals(1, bench.stats(0).left().expired());
    bench.assertConserved(0);
  }

  @Test
  void expiresAnyNumberWithoutBeingAskedAgain() {
    PumpBench bench = new PumpBench(64, 0);
    String[] many = new String[10_000];
    Arrays.fill(many, "x");
    bench.appendWithTtl(0, 1_000, many);
    bench.run();

    bench.pass(1_000);

    assertEquals(10_000, bench.stats(0).left().expired());
  }

  @Test
  void expiresBehindAMessageWithALongerTimeToLive() {
    PumpBench bench = new PumpBench(64, 0);
    bench.append(0, "for ever");
    bench.appendWithTtl(0, 60_000, "long");
    bench.appendWithTtl(0, 1_000, "short");
    bench.run();

    bench.pass(1_000);

    assertEquals(List.of("short"), bench.told.expired);
    assertEquals(2, bench.stats(0).depth());
    bench.assertConserved(0);
  }

  @Test
  void expiresWhatWasReadAndWaitsForTheWindow() {
    PumpBench bench = new PumpBench(1, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.append(0, "under way");
    bench.append(0, "for ever");
    bench.appendWithTtl(0, 1_000, "short");
    bench.attach(link);

    bench.pass(1_000);

    assertEquals(List.of("short"), bench.told.expired);
    link.answerAll(ACCEPTED);
    bench.run();
    link.answerAll(ACCEPTED);
    bench.run();
    assertEquals(List.of("under way", "for ever"), link.bodies());
    bench.assertConserved(0);
  }

  @Test
  void hearsOfAShorterDeadlineWhileNothingIsDelivered() {
    PumpBench bench = new PumpBench(64, 0);
    bench.appendWithTtl(0, 60_000, "late");
    bench.run();

    bench.appendWithTtl(0, 1_000, "soon");
    bench.run();
    bench.pass(1_000);

    assertEquals(List.of("soon"), bench.told.expired);
  }

  @Test
  void looksAtTheQueueOnceForDeadlinesThatAreNearEachOther() {
    PumpBench bench = new PumpBench(64, 0);
    for (int i = 0; i < 200; i++) {
      bench.appendWithTtl(0, 1_000 + i, "m" + i);
    }
    bench.run();

    bench.pass(1_000);
    int first = bench.told.expired.size();
    bench.pass(Sweeps.APART_MILLIS - 1);
    int before = bench.told.expired.size();
    bench.pass(1);

    assertEquals(1, first);
    assertEquals(1, before);
    assertEquals(200, bench.told.expired.size());
  }

  @Test
  void setsNoAlarmForMessagesKeptForEver() {
    PumpBench bench = new PumpBench(64, 0);

    bench.append(0, "a");
    bench.run();

    assertEquals(0, bench.timer.waiting());
  }
}
