package dev.edgehub.metrics;

import dev.edgehub.deadletter.DeadLetter;
import dev.edgehub.deadletter.DeadLetterQueues;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.QueueStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The meters of dead letters. */
final class DeadLetterMeters {

  private final MeterRegistry registry;
  private final MultiGauge letters;
  private final MultiGauge bytes;

  DeadLetterMeters(MeterRegistry registry) {
    this.registry = registry;
    letters = gauge(MeterName.DEAD_LETTERS);
    bytes = gauge(MeterName.DEAD_LETTER_BYTES);
  }

  private MultiGauge gauge(MeterName name) {
    return MultiGauge.builder(name.meter())
        .description(name.sentence())
        .baseUnit(name.unit())
        .register(registry);
  }

  void buried(SinkId sink, DeadLetter.Cause cause) {
    Counter.builder(MeterName.DEAD_LETTERED.meter())
        .description(MeterName.DEAD_LETTERED.sentence())
        .tags("endpoint", sink.name(), "reason", cause.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }

  /** Takes over the present figures of those queues that hold dead letters. */
  void hold(List<QueueStats> queues) {
    List<MultiGauge.Row<?>> held = new ArrayList<>();
    List<MultiGauge.Row<?>> heldBytes = new ArrayList<>();
    for (QueueStats queue : queues) {
      DeadLetterQueues.sinkOf(queue.queue())
          .ifPresent(
              sink -> {
                Tags tags = Tags.of("endpoint", sink.name());
                held.add(MultiGauge.Row.of(tags, queue.depth()));
                heldBytes.add(MultiGauge.Row.of(tags, queue.bytes()));
              });
    }
    letters.register(held, true);
    bytes.register(heldBytes, true);
  }
}
