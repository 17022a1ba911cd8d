package dev.edgehub.delivery;

import static dev.edgehub.delivery.DeliveryOutcome.ACCEPTED;
import static dev.edgehub.delivery.DeliveryOutcome.GONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.edgehub.testing.ScriptedSink;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens when attempts fail and links come and go. */
class SinkPumpRetryTest {

  private static final DeliveryOutcome BUSY = new DeliveryOutcome.Retry("busy");

  @Test
  void keepsWhatAGoneLinkHadAndRepeatsItInOrder() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink first = ScriptedSink.holding();
    ScriptedSink second = ScriptedSink.accepting();
    bench.append(0, "a", "b", "c");
    bench.attach(first);
    bench.detach(first);
    bench.append(0, "d");

    first.answer("b", GONE);
    first.answer("c", GONE);
    first.answer("a", GONE);
    bench.attach(second);

    assertEquals(List.of("a", "b", "c", "d"), second.bodies());
    assertEquals(
        List.of(true, true, true, false), second.seen().stream().map(Delivery::repeated).toList());
    assertEquals(List.of(), bench.told.retried);
    assertEquals(4, bench.stats(0).left().delivered());
  }

  @Test
  void waitsForTheAnswersOfTheOldLink() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink first = ScriptedSink.holding();
    ScriptedSink second = ScriptedSink.accepting();
    bench.append(0, "a", "b");
    bench.attach(first);

    bench.attach(second);
    bench.append(0, "c");
    bench.run();
    List<String> before = second.bodies();
    first.answer("a", ACCEPTED);
    bench.run();
    List<String> between = second.bodies();
    first.answerAll(GONE);
    bench.run();

    assertEquals(List.of(), before);
    assertEquals(List.of(), between);
    assertEquals(List.of("b", "c"), second.bodies());
    assertEquals(3, bench.stats(0).left().delivered());
  }

  @Test
  void goesOnWhenTheSameLinkComesBackBeforeItHasAnswered() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.append(0, "a", "b");
    bench.attach(link);
    bench.detach(link); // a module gives up its subscription …
    bench.append(0, "c");

    bench.attach(link); // … and takes it again over the same connection
    link.answerAll(ACCEPTED);
    bench.run();

    assertEquals(List.of("a", "b", "c"), link.bodies());
    assertEquals(2, bench.stats(0).left().delivered());
  }

  @Test
  void ignoresThatALinkOfThePastIsDetached() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink first = ScriptedSink.accepting();
    ScriptedSink second = ScriptedSink.accepting();
    bench.attach(first);
    bench.attach(second);

    bench.detach(first);
    bench.append(0, "a");
    bench.run();

    assertEquals(List.of("a"), second.bodies());
  }

  @Test
  void backsOffAfterARetryAndDoublesTheWait() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.answering(delivery -> BUSY);
    bench.append(0, "a");

    bench.attach(link);
    bench.pass(99);
    int afterOne = link.seen().size();
    bench.pass(1);
    int afterTwo = link.seen().size();
    bench.pass(199);
    int stillTwo = link.seen().size();
    bench.pass(1);

    assertEquals(List.of(1, 2, 2, 3), List.of(afterOne, afterTwo, stillTwo, link.seen().size()));
    assertEquals(List.of("busy", "busy", "busy"), bench.told.retried);
    assertFalse(link.seen().get(0).repeated());
    assertEquals(1, bench.stats(0).depth());
  }

  @Test
  void waitsAtMostTheLongestBackOff() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.answering(delivery -> BUSY);
    bench.append(0, "a");
    bench.attach(link);

    bench.pass(60_000);
    int before = link.seen().size();
    bench.pass(100_000);

    assertEquals(10, link.seen().size() - before);
  }

  @Test
  void countsABatchThatFailsAsOneFailure() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.append(0, "a", "b", "c");
    bench.attach(link);

    link.answerAll(BUSY);
    bench.run();
    bench.pass(100);

    assertEquals(List.of("a", "b", "c", "a", "b", "c"), link.bodies());
  }

  @Test
  void startsFromTheShortestWaitAfterASuccess() {
    PumpBench bench = new PumpBench(1, 0);
    ScriptedSink link = ScriptedSink.holding();
    bench.append(0, "a", "b");
    bench.attach(link);
    link.answerFirst(BUSY);
    bench.run();
    bench.pass(100);
    link.answerFirst(BUSY);
    bench.run();
    bench.pass(200);

    link.answerFirst(ACCEPTED);
    bench.run();
    link.answerFirst(BUSY);
    bench.run();
    bench.pass(100);

    assertEquals(List.of("a", "a", "a", "b", "b"), link.bodies());
  }

  @Test
  void endsTheBackOffAtOnceWhenANewLinkComes() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink failing = ScriptedSink.answering(delivery -> BUSY);
    ScriptedSink fresh = ScriptedSink.accepting();
    bench.append(0, "a");
    bench.attach(failing);
    bench.pass(5_000);

    bench.attach(fresh);

    assertEquals(List.of("a"), fresh.bodies());
    assertEquals(SinkStatus.State.CONNECTED, bench.pump.status().state());
  }

  @Test
  void endsTheBackOffAtOnceWhenTheSameLinkIsAttachedAgain() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.answering(delivery -> delivery.repeated() ? ACCEPTED : BUSY);
    bench.append(0, "a");
    bench.attach(link);

    bench.attach(link);

    assertEquals(1, bench.stats(0).left().delivered());
  }

  @Test
  void doesNotMakeANewLinkPayForTheFailuresOfTheOldOne() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink old = ScriptedSink.holding();
    ScriptedSink fresh = ScriptedSink.accepting();
    bench.append(0, "a");
    bench.attach(old);
    bench.attach(fresh);

    old.answerAll(BUSY);
    bench.run();

    assertEquals(List.of("a"), fresh.bodies());
  }

  @Test
  void deliversNothingDuringABackOff() {
    PumpBench bench = new PumpBench(64, 0, 1);
    ScriptedSink link = ScriptedSink.answering(delivery -> BUSY);
    bench.append(1, "a");
    bench.attach(link);

    bench.append(0, "b");
    bench.run();

    assertEquals(List.of("a"), link.bodies());
  }

  @Test
  void triesAgainLaterWhenALinkThrows() {
    PumpBench bench = new PumpBench(2, 0);
    ScriptedSink link =
        ScriptedSink.answering(
            delivery -> {
              if (!delivery.repeated()) {
                throw new IllegalStateException("a defect of the link");
              }
              return ACCEPTED;
            });
    bench.append(0, "a", "b");

    bench.attach(link);
    bench.pass(100);

    assertEquals(2, bench.stats(0).left().delivered());
    assertEquals(0, bench.pump.status().inFlight());
  }

  @Test
  void keepsTheMessagesOfADetachedSinkAndResumesWhenItIsRoutedAgain() {
    PumpBench bench = new PumpBench(64, 0);
    ScriptedSink link = ScriptedSink.accepting();
    bench.attach(link);
    bench.pump.setRouted(false);
    bench.append(0, "a");
    bench.run();
    int whileDetached = link.seen().size();

    bench.pump.setRouted(true);
    bench.run();

    assertEquals(0, whileDetached);
    assertEquals(List.of("a"), link.bodies());
  }
}
