package dev.edgehub.launch.demo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Forwards readings above a threshold. Correct where messages come at least once: an input is
 * acknowledged only when its output is (or when it was decided that there is none), so that a
 * reading is at every moment owed by somebody; and a reading that comes again is not forwarded
 * again.
 */
final class FilterModule {

  private static final double THRESHOLD_CELSIUS = 23;

  private final ModuleClient client;
  private final Ledger ledger;

  /** Forwarded and acknowledged. */
  private final Set<Long> done = new HashSet<>();

  /** Forwarded, with the latest arrival to be acknowledged in return. */
  private final Map<Long, ModuleClient.Arrival> underWay = new HashMap<>();

  FilterModule(ModuleClient client, Ledger ledger) {
    this.client = client;
    this.ledger = ledger;
  }

  void receive(ModuleClient.Arrival arrival) {
    Reading reading = Reading.fromJson(arrival.body());
    ledger.filterReceived(reading.id(), arrival.entryId());
    if (reading.celsius() <= THRESHOLD_CELSIUS) {
      ledger.filterDropped(reading.id());
      arrival.acknowledge();
    } else if (begin(reading.id(), arrival)) {
      ledger.filterSent(reading.id());
      client.publish("output1", arrival.body(), () -> finish(reading.id()));
    }
  }

  /** Whether the reading is new; of one that is not, the arrival is seen to. */
  private synchronized boolean begin(long id, ModuleClient.Arrival arrival) { // against finish
    if (done.contains(id)) {
      arrival.acknowledge();
      return false;
    }
    ModuleClient.Arrival earlier = underWay.put(id, arrival);
    if (earlier == null) {
      return true;
    }
    // one is enough to keep the reading in the hub's queue until the output is acknowledged
    earlier.acknowledge();
    return false;
  }

  private synchronized void finish(long id) { // against begin
    ledger.filterAcknowledged(id);
    done.add(id);
    ModuleClient.Arrival arrival = underWay.remove(id);
    if (arrival != null) {
      arrival.acknowledge();
    }
  }
}
