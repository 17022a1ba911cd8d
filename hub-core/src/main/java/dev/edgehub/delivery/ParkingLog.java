package dev.edgehub.delivery;

import dev.edgehub.message.Identity;
import dev.edgehub.message.SinkId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of parked senders, and of one that comes and goes not more than once a minute. Belongs to
 * the pump's executor.
 */
final class ParkingLog {

  private static final Logger log = LoggerFactory.getLogger(ParkingLog.class);
  private static final long APART_MILLIS = 60_000;
  private static final int MOST_REMEMBERED = 1_000;

  private final SinkId sink;

  /** When each was told of last, the longest ago first. */
  private final Map<Identity, Long> told = new LinkedHashMap<>();

  private boolean tooMany;

  ParkingLog(SinkId sink) {
    this.sink = sink;
  }

  void parked(Identity sender, String why, long now) {
    Long last = told.get(sender);
    if (last != null && now - last < APART_MILLIS) {
      return;
    }
    told.remove(sender);
    if (told.size() >= MOST_REMEMBERED) {
      told.remove(told.keySet().iterator().next());
    }
    told.put(sender, now);
    log.warn(
        "A sink takes nothing of a sender for now; its messages wait apart, the others go on"
            + " sink={} sender={} why=\"{}\"",
        sink,
        sender,
        why);
  }

  void letGo(Identity sender) {
    log.debug("A sender goes with the others again sink={} sender={}", sink, sender);
  }

  void tooMany(String why) {
    if (!tooMany) {
      tooMany = true;
      log.error(
          "A sink takes nothing of more than {} senders; it backs off as a whole when it meets"
              + " another one: see why it turns them away sink={} why=\"{}\"",
          ParkedSenders.MOST,
          sink,
          why);
    }
  }

  /** There are so many parked senders now. */
  void count(int parked) {
    tooMany &= parked > ParkedSenders.MOST - ParkedSenders.MOST / 8;
  }
}
