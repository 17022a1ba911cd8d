package dev.edgehub.delivery;

import dev.edgehub.message.Identity;
import dev.edgehub.store.QueueId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A sender that its sink took nothing of when it was asked last: its queues, and when to ask again.
 * Until something is taken, one of its messages is under way at a time. Belongs to the pump's
 * executor.
 */
final class ParkedSender implements Detour {

  private final Surroundings at;
  private final Identity identity;
  private final BackOff backOff;
  private final SortedMap<Integer, ParkedLane> lanes = new TreeMap<>();
  private boolean welcome;
  private boolean empty = true;
  private @Nullable String why;
  private long stuckUntilMillis;

  ParkedSender(Surroundings at, Identity identity, RetryPolicy retryPolicy) {
    this.at = at;
    this.identity = identity;
    this.backOff = new BackOff(retryPolicy);
  }

  Identity identity() {
    return identity;
  }

  @Override
  public boolean hasRoom() {
    return welcome || underWay() == 0;
  }

  @Override
  public QueueId queueOf(Identity sender, int priority) {
    return new ParkedQueue(at.sink(), identity, priority).id();
  }

  /** It has a queue of an earlier run. */
  void resume(int priority) {
    lanes.put(priority, new ParkedLane(at, queueOf(identity, priority), this, false));
    empty = false;
  }

  /** These have been appended to its queue, in this order. */
  void arrived(int priority, List<QueuedMessage> messages) {
    lanes
        .computeIfAbsent(
            priority, p -> new ParkedLane(at, queueOf(identity, p), this, /* empty= */ true))
        .arrived(messages);
    empty = false;
  }

  /** The sink does not take its messages. */
  void unwelcome(String reason, long now) {
    welcome = false;
    why = reason;
    backOff.failed(now);
  }

  /** The sink has answered one of its messages as any other. */
  void welcome() {
    welcome = true;
    backOff.succeeded();
  }

  void endBackOff() {
    backOff.end();
    stuckUntilMillis = 0;
  }

  /** Leaves its queues alone for a while: they cannot be read. */
  void stuckUntil(long millis) {
    stuckUntilMillis = millis;
  }

  /** Whether there is something to try, and it is time to. */
  boolean isDue(long now) {
    return !empty && nextTry() <= now;
  }

  /** When it is tried again. */
  long nextTry() {
    return Math.max(backOff.untilMillis(), stuckUntilMillis);
  }

  /** Whether it need not be kept apart any more, as far as its own queues tell. */
  boolean isDone(long now) {
    return empty && (welcome || backOff.isOver(now));
  }

  /** Whether its queues will be empty as soon as what is under way is answered. */
  boolean isRunningDry() {
    return welcome && lanes.values().stream().allMatch(ParkedLane::isHandedOut);
  }

  int underWay() {
    int sum = 0;
    for (ParkedLane lane : lanes.values()) {
      sum += lane.underWay();
    }
    return sum;
  }

  boolean owns(Lane lane) {
    ParkedLane own = lanes.get(lane.priority());
    return own != null && own.opened() == lane;
  }

  @Nullable ParkedLane lane(int priority) {
    return lanes.get(priority);
  }

  List<Lane> opened() {
    List<Lane> open = new ArrayList<>();
    for (ParkedLane lane : lanes.values()) {
      Lane one = lane.opened();
      if (one != null) {
        open.add(one);
      }
    }
    return open;
  }

  Collection<ParkedLane> lanes() {
    return lanes.values();
  }

  /** When something may expire; {@link Alarm#NEVER} when nothing does. */
  long nextDeadline() {
    long next = Alarm.NEVER;
    for (ParkedLane lane : lanes.values()) {
      next = Math.min(next, lane.nextDeadline());
    }
    return next;
  }

  /** Closes what is not in use. */
  void tidy(long now, long lookAgainMillis, Predicate<Lane> inUse) {
    for (ParkedLane lane : lanes.values()) {
      Lane open = lane.opened();
      if (open != null && open.trouble() != null) {
        stuckUntil(now + lookAgainMillis);
      }
      if (open != null && !inUse.test(open)) {
        lane.tidy(now);
      }
    }
    empty = lanes.values().stream().allMatch(ParkedLane::isEmpty);
  }

  SinkStatus status(long now) {
    long next = nextTry();
    return new SinkStatus(SinkStatus.State.PARKED, underWay(), why, next > now ? next : 0);
  }
}
