package dev.edgehub.launch.demo;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What became of every reading, by the three clients' own knowledge alone. Two hops, each with a
 * sender and a receiver: sensor to filter, and filter to cloud (through the edge hub's queue for
 * upstream, the network and the parent). Any thread; its monitor guards everything.
 *
 * <p>Of a hop, readings counted once however often they were sent or came:
 *
 * <ul>
 *   <li><b>accepted</b>: the hub acknowledged it to the sender. A reading whose acknowledgement
 *       never came is not accepted, even if it arrives.
 *   <li><b>delivered</b>: accepted, and the receiver received it.
 *   <li><b>expired</b>: accepted, not received, and its acknowledgement is longer ago than the
 *       manifest's time to live: the hub was to drop it.
 *   <li><b>pending</b>: accepted, not received, not expired, and plainly still in a queue: the
 *       receiver got something in the last {@value HopLedger#MOVING_NANOS} ns before the ledger was
 *       closed, and nothing that was sent after this reading. A queue delivers in the order in
 *       which it stored, so a reading that was overtaken does not wait in it.
 *   <li><b>lost</b>: accepted and none of the others.
 *   <li><b>duplicates</b>: arrivals beyond the first of each reading.
 * </ul>
 *
 * <p>In total, over readings that any hub acknowledged to either sender (<b>accepted</b>), each is
 * in the first of these that holds: <b>delivered</b>, the cloud received it; <b>filtered</b>, the
 * filter received it and decided that nothing goes on; what its last hop says, if the filter's
 * output was accepted; <b>pending</b>, if the filter has received it and waits for its output's
 * acknowledgement, because until then it does not acknowledge its input and the hub keeps it; what
 * the first hop says. <b>duplicates</b> is the sum over both hops.
 */
final class Ledger {

  private final LongSupplier nanoClock;
  private final HopLedger sensorToFilter;
  private final HopLedger filterToCloud;
  private final Set<Long> filtered = new HashSet<>();

  /**
   * Figures for the picture while it plays.
   *
   * @param firstAccepted on the first hop, and so on; arrivals with duplicates
   */
  record Counts(
      long firstAccepted,
      long firstArrived,
      long secondAccepted,
      long secondArrived,
      long delivered,
      long filtered,
      long duplicates) {}

  /**
   * An empty ledger.
   *
   * @param nanoClock like {@link System#nanoTime}
   */
  Ledger(long timeToLiveSeconds, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.sensorToFilter = new HopLedger(TimeUnit.SECONDS.toNanos(timeToLiveSeconds));
    this.filterToCloud = new HopLedger(TimeUnit.SECONDS.toNanos(timeToLiveSeconds));
  }

  synchronized void sensorSent(long id) {
    sensorToFilter.sent(id);
  }

  synchronized void sensorAcknowledged(long id) {
    sensorToFilter.acknowledged(id, nanoClock.getAsLong());
    notifyAll();
  }

  synchronized void filterReceived(long id, String entryId) {
    sensorToFilter.received(id, entryId, nanoClock.getAsLong());
  }

  synchronized void filterDropped(long id) {
    filtered.add(id);
    notifyAll();
  }

  synchronized void filterSent(long id) {
    filterToCloud.sent(id);
  }

  synchronized void filterAcknowledged(long id) {
    filterToCloud.acknowledged(id, nanoClock.getAsLong());
    notifyAll();
  }

  synchronized void cloudReceived(long id, String entryId) {
    filterToCloud.received(id, entryId, nanoClock.getAsLong());
    notifyAll();
  }

  /** Waits until every reading is where it ends; false when that takes longer. */
  synchronized boolean awaitSettled(long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      while (!settled()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean settled() {
    return sensorToFilter.settled()
        && filterToCloud.settled()
        && sensorToFilter.receivedCount() == filtered.size() + filterToCloud.sentCount();
  }

  synchronized Counts counts() {
    long first = sensorToFilter.arrivals();
    long second = filterToCloud.arrivals();
    return new Counts(
        sensorToFilter.acceptedCount(),
        first,
        filterToCloud.acceptedCount(),
        second,
        filterToCloud.receivedCount(),
        filtered.size(),
        first - sensorToFilter.receivedCount() + second - filterToCloud.receivedCount());
  }

  /** Closes the ledger as of now. */
  synchronized Tally tally() {
    long now = nanoClock.getAsLong();
    HopTally first = sensorToFilter.tally(now);
    HopTally second = filterToCloud.tally(now);
    Set<Long> all = new HashSet<>(sensorToFilter.accepted());
    all.addAll(filterToCloud.accepted());
    long dropped = 0;
    Map<HopLedger.Fate, Long> fates = new EnumMap<>(HopLedger.Fate.class);
    for (long id : all) {
      if (!filterToCloud.wasReceived(id) && filtered.contains(id)) {
        dropped++;
      } else {
        fates.merge(fate(id, now), 1L, Long::sum);
      }
    }
    return new Tally(
        all.size(),
        fates.getOrDefault(HopLedger.Fate.DELIVERED, 0L),
        fates.getOrDefault(HopLedger.Fate.EXPIRED, 0L),
        fates.getOrDefault(HopLedger.Fate.PENDING, 0L),
        dropped,
        first.duplicates() + second.duplicates(),
        fates.getOrDefault(HopLedger.Fate.LOST, 0L),
        first,
        second);
  }

  private HopLedger.Fate fate(long id, long now) {
    if (filterToCloud.wasReceived(id)) {
      return HopLedger.Fate.DELIVERED;
    }
    if (filterToCloud.wasAccepted(id)) {
      return filterToCloud.fate(id, now);
    }
    return sensorToFilter.wasReceived(id) ? HopLedger.Fate.PENDING : sensorToFilter.fate(id, now);
  }
}
