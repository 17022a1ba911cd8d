package dev.edgehub.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.deadletter.DeadLetterQueues;
import dev.edgehub.message.Identity;
import dev.edgehub.store.AppendBatch;
import dev.edgehub.store.OffsetRange;
import dev.edgehub.store.QueueStats;
import dev.edgehub.testing.ScriptedSink;
import dev.edgehub.testing.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A pump under random appends, answers, link changes, restarts and time, next to what must come of
 * it. Of the senders one is seldom welcome, one sometimes not, one always.
 */
class SinkPumpModelTest {

  private static final int[] PRIORITIES = {0, 5};
  private static final List<Identity.Device> SENDERS =
      List.of(
          new Identity.Device("bad"), new Identity.Device("moody"), new Identity.Device("good"));
  private static final int WINDOW = 8;
  private static final int ROUNDS = 150;
  private static final int ACTIONS = 200;

  private final Random random = Seed.random("SinkPumpModelTest");

  @Test
  void endsEveryMessageOnceAndKeepsTheOrderOfEachSender() {
    for (int round = 0; round < ROUNDS; round++) {
      new Round().play();
    }
  }

  /** One pump's life. */
  private final class Round {
    private final PumpBench bench = new PumpBench(WINDOW, PRIORITIES);
    private final List<ScriptedSink> links = new ArrayList<>();
    private final Map<String, Long> deadlines = new HashMap<>();
    private final Set<String> accepted = new HashSet<>();
    private final Map<String, Integer> lastFirstDelivery = new HashMap<>();

    /** By queue and sender, what has not come to an end yet, by its number. */
    private final Map<String, TreeMap<Integer, String>> unresolved = new HashMap<>();

    private final Set<String> underWay = new HashSet<>();
    private int appended;

    void play() {
      if (random.nextBoolean()) {
        bench.store.writeBy(bench.executor);
      }
      for (int i = 0; i < ACTIONS; i++) {
        act();
        assertTrue(open() <= WINDOW, "more unanswered than the window");
      }
      bench.run();
      assertTallies();
      if (random.nextBoolean()) {
        finish();
      }
    }

    private int open() {
      return links.stream().mapToInt(ScriptedSink::open).sum();
    }

    private void act() {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> append();
        case 3, 4 -> answer();
        case 5 -> changeLink();
        case 6 -> bench.pass(random.nextInt(400));
        case 8 -> {
          if (random.nextInt(20) == 0) {
            restart();
          }
        }
        case 7 -> bench.clock.step(random.nextInt(100)); // the timer is late
        default -> bench.executor.run(random.nextInt(5));
      }
    }

    private void append() {
      int priority = PRIORITIES[random.nextInt(PRIORITIES.length)];
      Identity.Device sender = SENDERS.get(random.nextInt(SENDERS.size()));
      String body = priority + ":" + sender.id() + ":" + appended++;
      unresolved.computeIfAbsent(stream(body), stream -> new TreeMap<>()).put(number(body), body);
      if (random.nextInt(3) == 0) {
        long ttl = random.nextInt(1_000);
        deadlines.put(body, bench.clock.millis() + ttl);
        bench.appendFrom(sender, priority, bench.clock.millis() + ttl, body);
      } else {
        deadlines.put(body, Long.MAX_VALUE);
        bench.appendFrom(sender, priority, AppendBatch.NEVER, body);
      }
    }

    private static String stream(String body) {
      return body.substring(0, body.lastIndexOf(':'));
    }

    private static int number(String body) {
      return Integer.parseInt(body.substring(body.lastIndexOf(':') + 1));
    }

    private void restart() {
      bench.restart();
      links.clear();
      underWay.clear();
      lastFirstDelivery.clear();
    }

    private void answer() {
      List<ScriptedSink> waiting = links.stream().filter(link -> link.open() > 0).toList();
      if (waiting.isEmpty()) {
        return;
      }
      ScriptedSink link = waiting.get(random.nextInt(waiting.size()));
      String body = link.waiting().get(random.nextInt(link.open()));
      DeliveryOutcome outcome = outcome(body);
      link.answer(body, outcome);
      underWay.remove(body);
      if (outcome == DeliveryOutcome.ACCEPTED) {
        assertTrue(accepted.add(body), "accepted twice");
      }
      if (outcome == DeliveryOutcome.ACCEPTED || outcome instanceof DeliveryOutcome.Refused) {
        unresolved.get(stream(body)).remove(number(body));
      }
    }

    private DeliveryOutcome outcome(String body) {
      int unwelcome = body.contains("bad") ? 80 : body.contains("moody") ? 30 : 0;
      if (random.nextInt(100) < unwelcome) {
        return new DeliveryOutcome.Unwelcome("not you");
      }
      return switch (random.nextInt(10)) {
        case 0 -> new DeliveryOutcome.Retry("busy");
        case 1 -> new DeliveryOutcome.Refused("bad");
        case 2 -> DeliveryOutcome.GONE;
        case 3 -> new DeliveryOutcome.Closed("closed");
        default -> DeliveryOutcome.ACCEPTED;
      };
    }

    private void changeLink() {
      if (links.isEmpty() || random.nextInt(3) == 0) {
        ScriptedSink link = ScriptedSink.answering(this::look);
        links.add(link);
        bench.pump.attach(link);
      } else {
        ScriptedSink link = links.get(random.nextInt(links.size()));
        if (random.nextBoolean()) {
          bench.pump.attach(link);
        } else {
          bench.pump.detach(link);
        }
      }
    }

    /** Looks at an attempt as it is made; the answer comes later. */
    private @Nullable DeliveryOutcome look(Delivery delivery) {
      String body = ScriptedSink.body(delivery);
      assertTrue(bench.clock.millis() < deadlines.get(body), "tried after its deadline: " + body);
      int number = number(body);
      if (!delivery.repeated()) {
        Integer before = lastFirstDelivery.put(stream(body), number);
        assertTrue(before == null || before < number, "out of order: " + body);
      }
      for (String older : unresolved.get(stream(body)).headMap(number).values()) {
        boolean gone =
            deadlines.get(older) <= bench.clock.millis() || bench.told.poisoned.contains(older);
        assertTrue(gone || underWay.contains(older), body + " has overtaken " + older);
      }
      underWay.add(body);
      return null;
    }

    private void assertTallies() {
      assertEquals(accepted, new HashSet<>(bench.told.delivered));
      assertEquals(accepted.size(), bench.told.delivered.size());
      Set<String> gone = new HashSet<>(bench.told.expired);
      assertEquals(gone.size(), bench.told.expired.size(), "expired twice");
      gone.retainAll(accepted);
      assertEquals(Set.of(), gone, "delivered and expired");
      long confirmed = 0;
      for (QueueStats queue : queues()) {
        assertEquals(0, queue.difference(), queue.toString());
        for (OffsetRange range : bench.store.confirmations(queue.queue())) {
          confirmed += range.to() - range.from();
        }
      }
      long owed = sum(QueueStats::depth);
      long moved = sum(stats -> stats.left().moved());
      assertEquals(appended + moved, confirmed + owed, "an offset was confirmed twice");
      assertEquals(bench.told.delivered.size(), sum(stats -> stats.left().delivered()));
      assertEquals(bench.told.expired.size(), sum(stats -> stats.left().expired()));
      int letters = bench.told.refused.size() + bench.told.poisoned.size();
      assertEquals(letters, sum(stats -> stats.left().deadLettered()));
    }

    private List<QueueStats> queues() {
      return bench.store.stats().stream()
          .filter(queue -> DeadLetterQueues.sinkOf(queue.queue()).isEmpty())
          .toList();
    }

    private long sum(ToLongFunction<QueueStats> figure) {
      return queues().stream().mapToLong(figure).sum();
    }

    /** A link comes that takes everything, and the others give back what they still have. */
    private void finish() {
      ScriptedSink last =
          ScriptedSink.answering(
              delivery -> {
                assertNull(look(delivery));
                String body = ScriptedSink.body(delivery);
                accepted.add(body);
                unresolved.get(stream(body)).remove(number(body));
                return DeliveryOutcome.ACCEPTED;
              });
      bench.attach(last);
      links.forEach(link -> link.answerAll(DeliveryOutcome.GONE));
      bench.run();

      assertTallies();
      assertEquals(0, sum(QueueStats::depth));
    }
  }
}
