package dev.edgehub.delivery;

import static dev.edgehub.delivery.DeliveryOutcome.ACCEPTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.message.Identity;
import dev.edgehub.store.AppendBatch;
import dev.edgehub.store.QueueStats;
import dev.edgehub.testing.ScriptedSink;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A sender that its sink turns away until a test says otherwise, and one that is always welcome.
 */
abstract class ParkedScene {

  static final Identity.Device BAD = new Identity.Device("bad");
  static final Identity.Device GOOD = new Identity.Device("good");
  static final long NEVER = AppendBatch.NEVER;
  static final DeliveryOutcome UNWELCOME = new DeliveryOutcome.Unwelcome("throttled");

  /** What links that look for it answer to messages of the bad sender. */
  DeliveryOutcome answer = UNWELCOME;

  ScriptedSink turningAwayBad() {
    return ScriptedSink.answering(
        delivery -> delivery.message().source().sender().equals(BAD) ? answer : ACCEPTED);
  }

  static List<String> of(Identity.Device sender, ScriptedSink link) {
    return link.seen().stream()
        .filter(delivery -> delivery.message().source().sender().equals(sender))
        .map(ScriptedSink::body)
        .toList();
  }

  static void assertAllConserved(PumpBench bench) {
    for (QueueStats queue : bench.store.stats()) {
      assertEquals(0, queue.difference(), queue.toString());
    }
  }

  static long sum(PumpBench bench, ToLongFunction<QueueStats> figure) {
    return bench.store.stats().stream().mapToLong(figure).sum();
  }

  /** A bench whose bad sender has b1 to b3 in its own queue and nobody has anything else. */
  PumpBench parked(ScriptedSink link) {
    PumpBench bench = new PumpBench(8, 0);
    bench.appendFrom(BAD, 0, NEVER, "b1", "b2", "b3");
    bench.attach(link);
    assertEquals(3, bench.parkedStats(BAD, 0).depth());
    return bench;
  }
}
