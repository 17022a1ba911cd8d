package dev.edgehub.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.deadletter.DeadLetterLimits;
import dev.edgehub.deadletter.DeadLetterListener;
import dev.edgehub.deadletter.DeadLetters;
import dev.edgehub.message.MessageCodec;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.AppendBatch;
import dev.edgehub.store.QueueId;
import dev.edgehub.testing.ManualClock;
import dev.edgehub.testing.ManualTimer;
import dev.edgehub.testing.MemoryQueueStore;
import dev.edgehub.testing.MessageFixtures;
import dev.edgehub.testing.ScriptedSink;
import dev.edgehub.testing.SteppedExecutor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How links and sinks find each other. */
class SinkDirectoryTest {

  private static final SinkId.ModuleInput IN1 = new SinkId.ModuleInput("agg", "in1");
  private static final SinkId.ModuleInput IN2 = new SinkId.ModuleInput("agg", "in2");

  private final ManualClock clock = new ManualClock();
  private final ManualTimer timer = new ManualTimer(clock);
  private final SteppedExecutor pool = new SteppedExecutor();
  private final MemoryQueueStore store = new MemoryQueueStore(clock);
  private final SinkDirectory sinks =
      new SinkDirectory(
          store,
          new DeadLetters(store, new DeadLetterLimits(9, 9_999), pool, DeadLetterListener.NONE),
          pool,
          timer,
          () -> 0L,
          DeliveryListener.NONE,
          2,
          3,
          5);

  private void append(SinkId sink, int priority, String... bodies) {
    AppendBatch batch = new AppendBatch();
    for (String body : bodies) {
      batch.add(
          new QueueId(sink.name(), priority),
          AppendBatch.NEVER,
          MessageCodec.encode(MessageFixtures.message(body)));
    }
    store.append(batch, outcome -> {});
    pool.runAll();
  }

  private SinkStatus.State state(SinkId sink) {
    pool.runAll();
    return sinks.status(sink).state();
  }

  private static ModuleLinks listening(Map<SinkId.ModuleInput, ScriptedSink> inputs) {
    return inputs::get;
  }

  @Test
  void linksAModuleThatWasThereBeforeItsRoute() {
    ScriptedSink link = ScriptedSink.accepting();
    sinks.connect("agg", listening(Map.of(IN1, link)));

    sinks.serve(Map.of(IN1, Set.of(0)));
    append(IN1, 0, "a");

    assertEquals(List.of("a"), link.bodies());
  }

  @Test
  void linksAModuleThatComesAfterItsRoute() {
    ScriptedSink link = ScriptedSink.accepting();
    sinks.serve(Map.of(IN1, Set.of(0)));
    append(IN1, 0, "a");

    sinks.connect("agg", listening(Map.of(IN1, link)));
    pool.runAll();

    assertEquals(List.of("a"), link.bodies());
  }

  @Test
  void feedsOnlyTheInputsAModuleListensTo() {
    ScriptedSink link = ScriptedSink.accepting();
    sinks.serve(Map.of(IN1, Set.of(0), IN2, Set.of(0)));
    sinks.connect("agg", listening(Map.of(IN1, link)));

    append(IN1, 0, "a");
    append(IN2, 0, "b");

    assertEquals(List.of("a"), link.bodies());
    assertEquals(SinkStatus.State.WAITING, state(IN2));
  }

  @Test
  void looksAgainWhenAModuleChangesWhatItListensTo() {
    ScriptedSink link = ScriptedSink.accepting();
    Map<SinkId.ModuleInput, ScriptedSink> inputs = new HashMap<>();
    ModuleLinks module = listening(inputs);
    sinks.serve(Map.of(IN1, Set.of(0)));
    sinks.connect("agg", module);
    append(IN1, 0, "a");

    inputs.put(IN1, link);
    sinks.refresh("agg", module);
    pool.runAll();
    inputs.clear();
    sinks.refresh("agg", module);
    append(IN1, 0, "b");

    assertEquals(List.of("a"), link.bodies());
    assertEquals(SinkStatus.State.WAITING, state(IN1));
  }

  @Test
  void ignoresAConnectionThatWasReplaced() {
    ScriptedSink old = ScriptedSink.accepting();
    ScriptedSink present = ScriptedSink.accepting();
    ModuleLinks oldModule = listening(Map.of(IN1, old));
    sinks.serve(Map.of(IN1, Set.of(0)));
    sinks.connect("agg", oldModule);
    sinks.connect("agg", listening(Map.of(IN1, present)));

    sinks.refresh("agg", oldModule);
    sinks.disconnect("agg", oldModule);
    append(IN1, 0, "a");

    assertEquals(List.of(), old.bodies());
    assertEquals(List.of("a"), present.bodies());
  }

  @Test
  void waitsWhenAModuleHasGone() {
    ScriptedSink link = ScriptedSink.accepting();
    ModuleLinks module = listening(Map.of(IN1, link));
    sinks.serve(Map.of(IN1, Set.of(0)));
    sinks.connect("agg", module);

    sinks.disconnect("agg", module);
    append(IN1, 0, "a");

    assertEquals(List.of(), link.bodies());
    assertEquals(SinkStatus.State.WAITING, state(IN1));
  }

  @Test
  void servesWhatAnEarlierRunLeftBehind() {
    ScriptedSink link = ScriptedSink.accepting();
    append(SinkId.UPSTREAM, 3, "old");

    sinks.upstream(link);
    sinks.serve(Map.of(SinkId.UPSTREAM, Set.of(0)));
    append(SinkId.UPSTREAM, 0, "new");

    assertEquals(Set.of("old", "new"), Set.copyOf(link.bodies()));
  }

  @Test
  void keepsASenderApartThatWasParkedInAnEarlierRun() {
    ScriptedSink link =
        ScriptedSink.answering(delivery -> new DeliveryOutcome.Unwelcome("not you"));
    ParkedQueue parked = new ParkedQueue(SinkId.UPSTREAM, MessageFixtures.LEAF, 3);
    AppendBatch batch = new AppendBatch();
    batch.add(
        parked.id(), AppendBatch.NEVER, MessageCodec.encode(MessageFixtures.message("older")));
    store.append(batch, outcome -> {});
    append(SinkId.UPSTREAM, 3, "newer");

    sinks.upstream(link);
    sinks.serve(Map.of(SinkId.UPSTREAM, Set.of(3)));
    pool.runAll();

    assertEquals(List.of("older"), link.bodies());
    assertEquals(SinkStatus.State.PARKED, sinks.status(parked).state());
    assertEquals(SinkStatus.State.CONNECTED, sinks.status(SinkId.UPSTREAM).state());
  }

  @Test
  void saysOfAParkedSendersQueueWhatIsTheMatterWithItsSink() {
    ParkedQueue parked = new ParkedQueue(SinkId.UPSTREAM, MessageFixtures.LEAF, 3);
    SinkStatus.State before = sinks.status(parked).state();
    sinks.serve(Map.of(SinkId.UPSTREAM, Set.of(3)));
    pool.runAll();

    assertEquals(SinkStatus.State.DETACHED, before);
    assertEquals(SinkStatus.State.WAITING, sinks.status(parked).state());
  }

  @Test
  void keepsTheMessagesOfASinkWithoutRouteUntilItIsRoutedAgain() {
    ScriptedSink link = ScriptedSink.accepting();
    sinks.connect("agg", listening(Map.of(IN1, link)));
    sinks.serve(Map.of(IN1, Set.of(0)));
    sinks.serve(Map.of());

    append(IN1, 0, "a");
    List<String> meanwhile = link.bodies();
    SinkStatus.State without = state(IN1);
    sinks.serve(Map.of(IN1, Set.of(0)));
    pool.runAll();

    assertEquals(List.of(), meanwhile);
    assertEquals(SinkStatus.State.DETACHED, without);
    assertEquals(List.of("a"), link.bodies());
  }

  @Test
  void callsASinkItDoesNotServeDetached() {
    assertEquals(SinkStatus.State.DETACHED, state(IN1));
  }

  @Test
  void lookingAtTheRoutesAgainDoesNotDisturbALink() {
    ScriptedSink link = ScriptedSink.holding();
    sinks.upstream(link);
    sinks.serve(Map.of(SinkId.UPSTREAM, Set.of(0)));
    append(SinkId.UPSTREAM, 0, "a", "b");

    sinks.serve(Map.of(SinkId.UPSTREAM, Set.of(0, 1)));
    append(SinkId.UPSTREAM, 1, "c");

    assertEquals(List.of("a", "b", "c"), link.bodies());
  }

  @Test
  void givesEachKindOfSinkItsWindow() {
    ScriptedSink module = ScriptedSink.holding();
    ScriptedSink upstream = ScriptedSink.holding();
    sinks.serve(Map.of(IN1, Set.of(0), SinkId.UPSTREAM, Set.of(0)));
    sinks.connect("agg", listening(Map.of(IN1, module)));
    sinks.upstream(upstream);

    append(IN1, 0, "1", "2", "3", "4", "5");
    append(SinkId.UPSTREAM, 0, "1", "2", "3", "4", "5");

    assertEquals(2, module.open());
    assertEquals(3, upstream.open());
  }

  @Test
  void doesNotLetASlowSinkStopAnother() {
    ScriptedSink slow = ScriptedSink.holding();
    ScriptedSink quick = ScriptedSink.accepting();
    sinks.serve(Map.of(IN1, Set.of(0), IN2, Set.of(0)));
    sinks.connect("agg", listening(Map.of(IN1, slow, IN2, quick)));
    append(IN1, 0, "1", "2", "3", "4", "5");

    append(IN2, 0, "1", "2", "3", "4", "5");

    assertEquals(2, slow.open());
    assertEquals(5, quick.bodies().size());
  }

  @Test
  void stopsEveryPumpWhenItIsClosed() {
    ScriptedSink link = ScriptedSink.accepting();
    sinks.serve(Map.of(SinkId.UPSTREAM, Set.of(0)));
    sinks.upstream(link);
    pool.runAtOnce();

    sinks.close();
    append(SinkId.UPSTREAM, 0, "a");

    assertEquals(List.of(), link.bodies());
    assertTrue(store.stats().stream().allMatch(queue -> queue.depth() == 1));
  }
}
