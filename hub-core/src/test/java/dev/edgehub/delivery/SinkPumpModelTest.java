package dev.edgehub.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A pump under random appends, answers, link changes and time, next to what must come of it. */
class SinkPumpModelTest {

  private static final int[] PRIORITIES = {0, 5};
  private static final int WINDOW = 8;
  private static final int ROUNDS = 150;
  private static final int ACTIONS = 200;

  private final Random random = Seed.random("SinkPumpModelTest");

  @Test
  void endsEveryMessageOnceAndKeepsTheOrderOfFirstDeliveries() {
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
    private final Map<Integer, Integer> lastFirstDelivery = new HashMap<>();
    private int appended;

    void play() {
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
        case 7 -> bench.clock.step(random.nextInt(100)); // the timer is late
        default -> bench.executor.run(random.nextInt(5));
      }
    }

    private void append() {
      int priority = PRIORITIES[random.nextInt(PRIORITIES.length)];
      String body = priority + ":" + appended++;
      if (random.nextInt(3) == 0) {
        long ttl = random.nextInt(1_000);
        deadlines.put(body, bench.clock.millis() + ttl);
        bench.appendWithTtl(priority, ttl, body);
      } else {
        deadlines.put(body, Long.MAX_VALUE);
        bench.append(priority, body);
      }
    }

    private void answer() {
      List<ScriptedSink> waiting = links.stream().filter(link -> link.open() > 0).toList();
      if (waiting.isEmpty()) {
        return;
      }
      ScriptedSink link = waiting.get(random.nextInt(waiting.size()));
      DeliveryOutcome outcome =
          switch (random.nextInt(8)) {
            case 0 -> new DeliveryOutcome.Retry("busy");
            case 1 -> new DeliveryOutcome.Refused("bad");
            case 2 -> DeliveryOutcome.GONE;
            default -> DeliveryOutcome.ACCEPTED;
          };
      Delivery answered =
          random.nextBoolean() ? link.answerFirst(outcome) : link.answerLast(outcome);
      if (outcome == DeliveryOutcome.ACCEPTED) {
        assertTrue(accepted.add(ScriptedSink.body(answered)), "accepted twice");
      }
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
      if (!delivery.repeated()) {
        String[] parts = body.split(":", 2);
        int number = Integer.parseInt(parts[1]);
        Integer before = lastFirstDelivery.put(Integer.valueOf(parts[0]), number);
        assertTrue(before == null || before < number, "out of order: " + body);
      }
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
      long owed = 0;
      for (int priority : PRIORITIES) {
        bench.assertConserved(priority);
        for (OffsetRange range : bench.store.confirmations(PumpBench.queue(priority))) {
          confirmed += range.to() - range.from();
        }
        owed += bench.stats(priority).depth();
      }
      assertEquals(appended, confirmed + owed, "an offset was confirmed twice");
      assertEquals(bench.told.delivered.size(), sum(stats -> stats.left().delivered()));
      assertEquals(bench.told.expired.size(), sum(stats -> stats.left().expired()));
      assertEquals(bench.told.refused.size(), sum(stats -> stats.left().deadLettered()));
    }

    private long sum(ToLongFunction<QueueStats> figure) {
      return IntStream.of(PRIORITIES).mapToObj(bench::stats).mapToLong(figure).sum();
    }

    /** A link comes that takes everything, and the others give back what they still have. */
    private void finish() {
      ScriptedSink last =
          ScriptedSink.answering(
              delivery -> {
                assertNull(look(delivery));
                accepted.add(ScriptedSink.body(delivery));
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
