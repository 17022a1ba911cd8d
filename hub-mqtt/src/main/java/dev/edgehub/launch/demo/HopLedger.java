package dev.edgehub.launch.demo;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a hop's two ends saw: the sender which readings were acknowledged to it, the receiver which
 * ones arrived. Guarded by {@link Ledger}.
 */
final class HopLedger {

  /** A hop on which something arrived this recently is taken to be still delivering. */
  static final long MOVING_NANOS = 5_000_000_000L;

  private final long timeToLiveNanos;
  private final Set<Long> sent = new HashSet<>();
  private final Set<Long> accepted = new HashSet<>();
  private final Set<Long> received = new HashSet<>();
  private final Set<String> entries = new HashSet<>();

  /** Accepted and not yet received, with the time of the acknowledgement. */
  private final Map<Long, Long> owed = new HashMap<>();

  private long arrivals;
  private long newestReceived = Long.MIN_VALUE;
  private long latestArrivalNanos;

  /** What has become of an accepted reading on this hop. */
  enum Fate {
    DELIVERED,
    EXPIRED,
    PENDING,
    LOST
  }

  HopLedger(long timeToLiveNanos) {
    this.timeToLiveNanos = timeToLiveNanos;
  }

  void sent(long id) {
    sent.add(id);
  }

  void acknowledged(long id, long nowNanos) {
    if (accepted.add(id) && !received.contains(id)) {
      owed.put(id, nowNanos);
    }
  }

  void received(long id, String entryId, long nowNanos) {
    arrivals++;
    entries.add(entryId);
    received.add(id);
    owed.remove(id);
    newestReceived = Math.max(newestReceived, id);
    latestArrivalNanos = nowNanos;
  }

  boolean wasAccepted(long id) {
    return accepted.contains(id);
  }

  boolean wasReceived(long id) {
    return received.contains(id);
  }

  Set<Long> accepted() {
    return accepted;
  }

  int sentCount() {
    return sent.size();
  }

  int receivedCount() {
    return received.size();
  }

  int acceptedCount() {
    return accepted.size();
  }

  /** Everything that came, with duplicates. */
  long arrivals() {
    return arrivals;
  }

  /** Whether everything that was sent is acknowledged and has arrived. */
  boolean settled() {
    return owed.isEmpty() && accepted.size() == sent.size();
  }

  /** The fate of an accepted reading, as {@link Ledger} defines it. */
  Fate fate(long id, long nowNanos) {
    Long since = owed.get(id);
    if (since == null) {
      return Fate.DELIVERED;
    }
    if (nowNanos - since > timeToLiveNanos) {
      return Fate.EXPIRED;
    }
    boolean moving = arrivals > 0 && nowNanos - latestArrivalNanos < MOVING_NANOS;
    return moving && id > newestReceived ? Fate.PENDING : Fate.LOST;
  }

  HopTally tally(long nowNanos) {
    Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    for (long id : accepted) {
      fates.merge(fate(id, nowNanos), 1L, Long::sum);
    }
    long delivered = fates.getOrDefault(Fate.DELIVERED, 0L);
    return new HopTally(
        accepted.size(),
        delivered,
        fates.getOrDefault(Fate.EXPIRED, 0L),
        fates.getOrDefault(Fate.PENDING, 0L),
        arrivals - received.size(),
        fates.getOrDefault(Fate.LOST, 0L),
        received.size() - delivered,
        entries.size(),
        arrivals);
  }
}
