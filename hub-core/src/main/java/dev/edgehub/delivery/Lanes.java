package dev.edgehub.delivery;

import dev.edgehub.message.Identity;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.Removal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All lanes of a sink: one per priority, and those of parked senders. Belongs to the pump's
 * executor.
 */
final class Lanes {

  private final Surroundings at;
  private final SortedMap<Integer, Lane> ordinary = new TreeMap<>();
  private final ParkedSenders parked;

  /** Whether parked senders are asked before the ordinary lane of their priority. */
  private boolean parkedFirst;

  Lanes(Surroundings at, RetryPolicy retryPolicy, int window) {
    this.at = at;
    this.parked = new ParkedSenders(at, ordinary.values(), retryPolicy, window);
  }

  ParkedSenders parked() {
    return parked;
  }

  /** Serves the queue of that priority too. */
  void add(int priority) {
    ordinary.computeIfAbsent(
        priority, p -> new Lane(at, new QueueId(at.sink().name(), p), new Bookmark(), parked));
  }

  /** Serves what an earlier run has left in the queue of a parked sender. */
  void resume(Identity sender, int priority) {
    add(priority);
    if (at.store().stats(parked.queueOf(sender, priority)).depth() > 0) {
      parked.resume(sender, priority);
    }
  }

  /**
   * Offers one lane after the other, most urgent first, until one is taken. Within a priority the
   * ordinary lane and those of parked senders take turns, so that neither waits for the other to be
   * empty.
   */
  boolean offer(long now, Predicate<Lane> taker) {
    parked.beginRound();
    for (Map.Entry<Integer, Lane> lane : ordinary.entrySet()) {
      if (parked.isEmpty()) {
        if (taker.test(lane.getValue())) {
          return true;
        }
      } else if (offerBoth(lane.getKey(), lane.getValue(), now, taker)) {
        return true;
      }
    }
    return false;
  }

  private boolean offerBoth(int priority, Lane lane, long now, Predicate<Lane> taker) {
    boolean toParked = parkedFirst && parked.offer(priority, now, taker);
    boolean taken = toParked || taker.test(lane);
    if (!taken && !parkedFirst) {
      toParked = parked.offer(priority, now, taker);
      taken = toParked;
    }
    if (taken) {
      parkedFirst = !toParked;
    }
    return taken;
  }

  /**
   * Drops what waits at that priority.
   *
   * @param done told once how much it was, on any thread
   */
  void purge(int priority, Consumer<Removal> done) {
    Lane lane = ordinary.get(priority);
    if (lane == null) {
      done.accept(new Removal(AppendOutcome.DURABLE, 0));
      return;
    }
    lane.whenStill(
        () -> {
          List<ParkedLane> apart = parked.lanes(priority);
          Removals sum = new Removals(1 + apart.size(), done);
          lane.purge(sum);
          apart.forEach(own -> own.purge(at.store().nowMillis(), sum));
        });
  }

  /** Takes out what has expired; true when there may be more of it. */
  boolean expire(long now) {
    boolean more = parked.expire(now);
    for (Lane lane : ordinary.values()) {
      more |= lane.expire(now);
    }
    return more;
  }

  /** Nothing is delivered for now. */
  void rest() {
    ordinary.values().forEach(Lane::rest);
  }

  /** Hands over what was gathered since the last turn. */
  void confirm() {
    ordinary.values().forEach(Lane::confirm);
    parked.confirm();
  }

  /** Why lanes are stuck. */
  List<String> troubles() {
    List<Lane> all = new ArrayList<>(ordinary.values());
    all.addAll(parked.opened());
    List<String> troubles = new ArrayList<>();
    for (Lane lane : all) {
      String trouble = lane.trouble();
      if (trouble != null) {
        troubles.add(trouble);
      }
    }
    return troubles;
  }

  /** When something may expire; {@link Alarm#NEVER} when nothing does. */
  long nextDeadline() {
    long next = parked.nextDeadline();
    for (Lane lane : ordinary.values()) {
      next = Math.min(next, lane.nextDeadline());
    }
    return next;
  }

  void close() {
    confirm();
    ordinary.values().forEach(Lane::close);
    ordinary.clear();
    parked.close();
  }
}
