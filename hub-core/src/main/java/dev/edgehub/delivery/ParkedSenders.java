package dev.edgehub.delivery;

import dev.edgehub.message.Identity;
import dev.edgehub.store.QueueId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The senders that a sink takes nothing of for now. Their messages go round the others: out of the
 * ordinary lanes into queues of their own, until those are empty and the sink takes the sender's
 * messages again. Belongs to the pump's executor, but for {@link #status}.
 */
final class ParkedSenders implements Detour {

  /** More of them make the sink back off as a whole. */
  static final int MOST = 1_000;

  /** So many messages of one sender wait for its queue to run dry; more are moved. */
  private static final int MOST_WAITING = 64;

  private static final long LOOK_AGAIN_MILLIS = 5_000;

  private final Surroundings at;
  private final Collection<Lane> ordinary;
  private final RetryPolicy retryPolicy;
  private final int mostServed;
  private final ParkingLog log;

  /** In the order in which they are served. */
  private final Map<Identity, ParkedSender> senders = new LinkedHashMap<>();

  private final Set<ParkedSender> open = new LinkedHashSet<>();
  private final Map<Identity, SinkStatus> statuses = new ConcurrentHashMap<>();
  private boolean wanting;
  private boolean news;
  private long nextDeadline = Alarm.NEVER;
  private long nextTry = Alarm.NEVER;

  /**
   * Nobody is parked.
   *
   * @param ordinary the sink's other lanes, as they are at any time
   * @param window of the sink; the unanswered messages of parked senders are those of few of them
   */
  ParkedSenders(Surroundings at, Collection<Lane> ordinary, RetryPolicy retryPolicy, int window) {
    this.at = at;
    this.ordinary = ordinary;
    this.retryPolicy = retryPolicy;
    this.mostServed = Math.max(1, window / 4);
    this.log = new ParkingLog(at.sink());
  }

  // ---- what ordinary lanes ask

  @Override
  public boolean isParked(Identity sender) {
    return !senders.isEmpty() && senders.containsKey(sender);
  }

  @Override
  public QueueId queueOf(Identity sender, int priority) {
    return new ParkedQueue(at.sink(), sender, priority).id();
  }

  @Override
  public boolean mayMove(Identity sender, int held) {
    ParkedSender parked = senders.get(sender);
    return parked == null || held > MOST_WAITING || !parked.isRunningDry();
  }

  @Override
  public void moved(int priority, List<QueuedMessage> messages) {
    Map<Identity, List<QueuedMessage>> bySender = new LinkedHashMap<>();
    for (QueuedMessage message : messages) {
      bySender.computeIfAbsent(message.sender(), sender -> new ArrayList<>()).add(message);
    }
    bySender.forEach((sender, moved) -> parked(sender).arrived(priority, moved));
    news = true;
  }

  // ---- what the pump tells

  private ParkedSender parked(Identity sender) {
    return senders.computeIfAbsent(sender, identity -> new ParkedSender(at, identity, retryPolicy));
  }

  /** A sender has a queue of an earlier run: it is parked until that is empty. */
  void resume(Identity sender, int priority) {
    parked(sender).resume(priority);
    nextDeadline = 0; // nobody has looked
  }

  /** The sink does not take a sender's messages for now; false when too many are parked already. */
  boolean unwelcome(Identity sender, String why, long now) {
    if (!isParked(sender)) {
      if (senders.size() >= MOST) {
        log.tooMany(why);
        return false;
      }
      log.parked(sender, why, now);
    }
    ParkedSender parked = parked(sender);
    parked.unwelcome(why, now);
    publish(parked, now);
    return true;
  }

  /** The sink has answered a message as it answers any sender's. */
  void welcome(Attempt attempt, long now) {
    ParkedSender parked = senders.get(attempt.queued().sender());
    if (parked != null && parked.owns(attempt.lane())) {
      parked.welcome();
      publish(parked, now);
    }
  }

  void endBackOffs() {
    senders.values().forEach(ParkedSender::endBackOff);
  }

  // ---- what comes in a turn

  /** Takes out what has expired; true when there may be more of it. */
  boolean expire(long now) {
    if (nextDeadline <= now) {
      open.addAll(senders.values());
    }
    boolean more = false;
    for (ParkedSender sender : open) {
      for (ParkedLane lane : sender.lanes()) {
        more |= lane.expire(now);
      }
    }
    return more;
  }

  /** A new look at all of them begins, most urgent first. */
  void beginRound() {
    wanting = false;
  }

  /** Offers lanes of that priority in turn, until one is taken. */
  boolean offer(int priority, long now, Predicate<Lane> taker) {
    int served = served();
    for (ParkedSender sender : senders.values()) {
      ParkedLane lane = sender.isDue(now) ? sender.lane(priority) : null;
      if (lane == null || lane.isEmpty() || !sender.hasRoom()) {
        continue;
      }
      boolean isServed = sender.underWay() > 0;
      if (!isServed && served >= mostServed) {
        wanting = true; // one that is served must come to an end first
      } else if (!isServed || !wanting) {
        open.add(sender);
        if (taker.test(lane.open(now))) {
          senders.remove(sender.identity());
          senders.put(sender.identity(), sender);
          return true;
        }
      }
    }
    return false;
  }

  private int served() {
    int served = 0;
    for (ParkedSender sender : open) {
      served += sender.underWay() > 0 ? 1 : 0;
    }
    return served;
  }

  /** Hands over what was gathered since the last turn. */
  void confirm() {
    open.forEach(sender -> sender.lanes().forEach(ParkedLane::confirm));
  }

  /** The lanes that are open. */
  List<Lane> opened() {
    List<Lane> lanes = new ArrayList<>();
    open.forEach(sender -> lanes.addAll(sender.opened()));
    return lanes;
  }

  /** The queues of that priority that may not be empty, to be opened by the caller. */
  List<ParkedLane> lanes(int priority) {
    List<ParkedLane> lanes = new ArrayList<>();
    for (ParkedSender sender : senders.values()) {
      ParkedLane lane = sender.lane(priority);
      if (lane != null && !lane.isEmpty()) {
        open.add(sender);
        lanes.add(lane);
      }
    }
    return lanes;
  }

  /**
   * Closes what is not in use and lets go of senders that need not be kept apart any more.
   *
   * @param inUse lanes that must stay open
   * @return whether another turn may find something to deliver
   */
  boolean tidy(long now, Predicate<Lane> inUse) {
    for (Iterator<ParkedSender> all = open.iterator(); all.hasNext(); ) {
      ParkedSender sender = all.next();
      sender.tidy(now, LOOK_AGAIN_MILLIS, inUse);
      publish(sender, now);
      if (sender.opened().isEmpty()) {
        all.remove();
      }
    }
    nextDeadline = Alarm.NEVER;
    nextTry = Alarm.NEVER;
    for (Iterator<ParkedSender> all = senders.values().iterator(); all.hasNext(); ) {
      ParkedSender sender = all.next();
      if (sender.isDone(now) && isLetGo(sender)) {
        all.remove();
      } else {
        nextDeadline = Math.min(nextDeadline, sender.nextDeadline());
        nextTry = sender.nextTry() > now ? Math.min(nextTry, sender.nextTry()) : nextTry;
      }
    }
    log.count(senders.size());
    boolean more = news;
    news = false;
    return more;
  }

  private boolean isLetGo(ParkedSender sender) {
    Identity identity = sender.identity();
    for (Lane lane : ordinary) {
      if (lane.isBusyWith(identity)) {
        return false;
      }
    }
    if (!sender.opened().isEmpty()) {
      return false;
    }
    ordinary.forEach(lane -> lane.welcome(identity));
    statuses.remove(identity);
    news = true;
    log.letGo(identity);
    return true;
  }

  /** When something may expire; {@link Alarm#NEVER} when nothing does. */
  long nextDeadline() {
    return nextDeadline;
  }

  /** When the next back-off ends; {@link Alarm#NEVER} when there is none. */
  long nextTry() {
    return nextTry;
  }

  boolean isEmpty() {
    return senders.isEmpty();
  }

  private void publish(ParkedSender sender, long now) {
    statuses.put(sender.identity(), sender.status(now));
  }

  /** How a sender is doing, null when it is not parked; any thread. */
  @Nullable SinkStatus status(Identity sender) {
    return statuses.get(sender);
  }

  void close() {
    for (Lane lane : opened()) {
      lane.close();
    }
  }
}
