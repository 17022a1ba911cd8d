package dev.edgehub.metrics;

import dev.edgehub.deadletter.DeadLetterQueues;
import dev.edgehub.delivery.ParkedQueue;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The meters of queues. Those of parked senders are added to their sink's: what waits for a sink
 * waits for it wherever it is, and senders choose how many of them there are.
 */
final class QueueMeters {

  private final MultiGauge length;
  private final MultiGauge bytes;
  private final MultiGauge age;
  private final MultiGauge lost;
  private final MultiGauge conservation;

  /** What queues with the same labels come to. */
  private static final class Sum {
    private boolean waitedFor;
    private long length;
    private long bytes;
    private long ageMillis;
    private long lost;
    private long difference;

    private void add(QueueStats queue, long nowMillis) {
      waitedFor |= DeadLetterQueues.sinkOf(queue.queue()).isEmpty();
      length += queue.depth();
      bytes += queue.bytes();
      ageMillis = Math.max(ageMillis, queue.ageMillis(nowMillis));
      lost += queue.left().lost();
      difference += Math.abs(queue.difference()); // defects must not cancel each other out
    }
  }

  QueueMeters(MeterRegistry registry) {
    length = gauge(MeterName.QUEUE_LENGTH, registry);
    bytes = gauge(MeterName.QUEUE_BYTES, registry);
    age = gauge(MeterName.QUEUE_OLDEST_AGE, registry);
    lost = gauge(MeterName.QUEUE_LOST, registry);
    conservation = gauge(MeterName.QUEUE_CONSERVATION, registry);
  }

  private static MultiGauge gauge(MeterName name, MeterRegistry registry) {
    return MultiGauge.builder(name.meter())
        .description(name.sentence())
        .baseUnit(name.unit())
        .register(registry);
  }

  /** The labels of a queue. */
  static Tags tags(QueueId queue) {
    String sink = ParkedQueue.of(queue).map(parked -> parked.sink().name()).orElse(queue.sink());
    return Tags.of("endpoint", sink, "priority", Integer.toString(queue.priority()));
  }

  /** Takes over the queues' present figures. */
  void hold(List<QueueStats> queues, long nowMillis) {
    Map<Tags, Sum> sums = new LinkedHashMap<>();
    for (QueueStats queue : queues) {
      sums.computeIfAbsent(tags(queue.queue()), tags -> new Sum()).add(queue, nowMillis);
    }
    List<MultiGauge.Row<?>> lengths = new ArrayList<>();
    List<MultiGauge.Row<?>> sizes = new ArrayList<>();
    List<MultiGauge.Row<?>> ages = new ArrayList<>();
    List<MultiGauge.Row<?>> losses = new ArrayList<>();
    List<MultiGauge.Row<?>> differences = new ArrayList<>();
    sums.forEach(
        (tags, sum) -> {
          differences.add(MultiGauge.Row.of(tags, sum.difference));
          if (sum.waitedFor) {
            lengths.add(MultiGauge.Row.of(tags, sum.length));
            sizes.add(MultiGauge.Row.of(tags, sum.bytes));
            ages.add(MultiGauge.Row.of(tags, sum.ageMillis / 1_000.0));
            losses.add(MultiGauge.Row.of(tags, sum.lost));
          }
        });
    length.register(lengths, true);
    bytes.register(sizes, true);
    age.register(ages, true);
    lost.register(losses, true);
    conservation.register(differences, true);
  }
}
