package dev.edgehub.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses further series of a meter whose labels clients choose: ids, and the outputs under them.
 */
final class SeriesCap implements MeterFilter {

  private final int most;
  private final Map<String, Set<Meter.Id>> series = new ConcurrentHashMap<>();

  SeriesCap(int most) {
    this.most = most;
  }

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    if (id.getTag("id") == null && id.getTag("from") == null) {
      return MeterFilterReply.NEUTRAL;
    }
    Set<Meter.Id> known =
        series.computeIfAbsent(id.getName(), name -> ConcurrentHashMap.newKeySet());
    if (known.contains(id)) {
      return MeterFilterReply.NEUTRAL;
    }
    if (known.size() >= most) {
      return MeterFilterReply.DENY;
    }
    known.add(id);
    return MeterFilterReply.NEUTRAL;
  }
}
