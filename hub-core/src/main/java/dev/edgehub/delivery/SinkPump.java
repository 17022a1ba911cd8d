package dev.edgehub.delivery;

import dev.edgehub.deadletter.DeadLetter;
import dev.edgehub.deadletter.DeadLetters;
import dev.edgehub.message.Identity;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.QueueStore;
import dev.edgehub.store.Removal;
import dev.edgehub.thread.SerialExecutor;
import dev.edgehub.thread.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves messages from one sink's queues to its link: strict priority, decided anew before every
 * batch; deadlines looked at before every attempt; at most a window of unanswered deliveries. All
 * state belongs to a serial executor; everybody else posts.
 */
final class SinkPump {

  private static final Logger log = LoggerFactory.getLogger(SinkPump.class);

  private static final int BATCH = 64;
  private static final long LOOK_AGAIN_MILLIS = 5_000;
  private static final int IN_FLIGHT_BYTES = 4 << 20;

  private final SinkId sink;
  private final QueueStore store;
  private final SerialExecutor executor;
  private final int window;
  private final DeliveryListener listener;
  private final Alarm alarm;

  private final Queue<Attempt> answered = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean turnPosted = new AtomicBoolean();

  /**
   * Nothing waits and at most one attempt is under way: its success changes nothing but the counts.
   * With more of them, a turn takes many answers at once.
   */
  private volatile boolean quiet;

  private volatile SinkStatus status = new SinkStatus(SinkStatus.State.WAITING, 0, null, 0);

  private final Lanes lanes;
  private final BackOff backOff;
  private final PoisonWatch poison;
  private @Nullable Sink link;

  /** Counts the changes of the link: the same one may come back before it has answered. */
  private int attachment;

  private boolean routed = true;
  private boolean closed;
  private long attempts;
  private int inFlight;
  private int inFlightBytes;

  /** Unanswered deliveries of earlier links; a new link waits for them, so that order is kept. */
  private int inFlightElsewhere;

  private long lookAgainMillis = Alarm.NEVER;
  private @Nullable String lastError;

  SinkPump(
      SinkId sink,
      QueueStore store,
      DeadLetters deadLetters,
      Executor pool,
      Timer timer,
      int window,
      int poisonCloses,
      RetryPolicy retryPolicy,
      DeliveryListener listener) {
    this.sink = sink;
    this.store = store;
    this.poison = new PoisonWatch(poisonCloses);
    this.executor = new SerialExecutor(pool);
    this.window = window;
    this.listener = listener;
    this.backOff = new BackOff(retryPolicy);
    this.lanes =
        new Lanes(
            new Surroundings(sink, store, deadLetters, listener, this::postTurn),
            retryPolicy,
            window);
    alarm = new Alarm(timer, this::post);
  }

  SinkStatus status() {
    return status.byWallClock(store);
  }

  /** How a parked sender's queues are doing; null when it is not parked. */
  @Nullable SinkStatus status(Identity sender) {
    SinkStatus parked = lanes.parked().status(sender);
    return parked == null ? null : parked.byWallClock(store);
  }

  /** Serves the queue of that priority too. */
  void addLane(int priority) {
    post(() -> lanes.add(priority));
  }

  /** Serves what an earlier run has left in the queue of a parked sender; before any link. */
  void resume(Identity sender, int priority) {
    post(() -> lanes.resume(sender, priority));
  }

  /**
   * Drops what waits at that priority.
   *
   * @param done told once how much it was, on any thread
   */
  void purge(int priority, Consumer<Removal> done) {
    post(() -> lanes.purge(priority, done));
  }

  /** Whether a route names the sink; without one its messages only wait for their deadlines. */
  void setRouted(boolean now) {
    post(() -> routed = now);
  }

  /** Delivers over this link from now on; ends any back-off. */
  void attach(Sink newLink) {
    post(
        () -> {
          if (link != newLink) {
            relink(newLink);
          }
          backOff.end();
          lanes.parked().endBackOffs();
        });
  }

  /** Stops delivering over this link, if it is the present one. */
  void detach(Sink oldLink) {
    post(
        () -> {
          if (link == oldLink) {
            relink(null);
          }
        });
  }

  private void relink(@Nullable Sink next) {
    link = next;
    attachment++;
    inFlightElsewhere = inFlight;
  }

  /**
   * Stops for good; answers that have come in are confirmed first.
   *
   * @param done counted down when nothing of this pump touches the store any more
   */
  void close(CountDownLatch done) {
    post(
        () -> {
          takeAnswers(store.nowMillis());
          closed = true;
          alarm.cancel();
          lanes.close();
          done.countDown();
        });
  }

  /** A turn follows the change: one that already waits may run before it. */
  private void post(Runnable change) {
    executor.execute(
        () -> {
          if (!closed) {
            change.run();
            postTurn();
          }
        });
  }

  private void postTurn() {
    if (turnPosted.compareAndSet(false, true)) {
      executor.execute(this::turn);
    }
  }

  private void turn() {
    turnPosted.set(false);
    if (closed) {
      return;
    }
    long now = store.nowMillis();
    takeAnswers(now);
    boolean more = lanes.expire(now);
    boolean emptied = false;
    if (canDeliver(now)) {
      emptied = deliver(now);
    } else {
      lanes.rest();
    }
    lanes.confirm();
    lookForTrouble(now);
    more |= lanes.parked().tidy(now, poison::concerns);
    setAlarm(now);
    publishStatus();
    quiet = emptied && !more && lookAgainMillis == Alarm.NEVER && inFlight <= 1;
    if (more) {
      postTurn();
    }
  }

  /** What is left of a turn when an answer comes in while nothing waits; reads no queue. */
  private void settle() {
    if (!closed) {
      takeAnswers(store.nowMillis());
      lanes.confirm();
      publishStatus();
    }
  }

  private boolean canDeliver(long now) {
    return link != null && routed && inFlightElsewhere == 0 && backOff.isOver(now);
  }

  private void takeAnswers(long now) {
    for (Attempt attempt = answered.poll(); attempt != null; attempt = answered.poll()) {
      inFlight--;
      inFlightBytes -= attempt.queued().bytes();
      boolean overPresentLink = attempt.attachment() == attachment;
      if (!overPresentLink) {
        inFlightElsewhere--;
      }
      DeliveryOutcome outcome = attempt.outcome();
      if (outcome instanceof DeliveryOutcome.Accepted) {
        backOff.succeeded();
        poison.accepted();
        lanes.parked().welcome(attempt, now);
        attempt.lane().delivered(attempt.queued());
        listener.delivered(
            sink,
            attempt.lane().priority(),
            attempt.message(),
            Math.max(0, now - attempt.queued().enqueuedMillis()),
            System.nanoTime() - attempt.startedNanos());
      } else if (outcome instanceof DeliveryOutcome.Refused refused) {
        lanes.parked().welcome(attempt, now);
        attempt.lane().deadLetter(attempt.queued(), DeadLetter.Cause.REFUSED, refused.why());
      } else {
        attempt.lane().tryAgain(attempt.queued());
        if (outcome instanceof DeliveryOutcome.Retry retry) {
          failed(retry.why(), overPresentLink, now);
        } else if (outcome instanceof DeliveryOutcome.Closed broken) {
          poison.closed(attempt);
          failed(broken.why(), overPresentLink, now);
        } else if (outcome instanceof DeliveryOutcome.Unwelcome unwelcome) {
          turnedAway(attempt.queued().sender(), unwelcome.why(), overPresentLink, now);
        }
      }
    }
    if (inFlight == 0) {
      convict(poison.settle());
    }
  }

  private void failed(String why, boolean overPresentLink, long now) {
    lastError = why;
    listener.retried(sink, why);
    if (overPresentLink) {
      backOff.failed(now);
    }
  }

  private void turnedAway(Identity sender, String why, boolean overPresentLink, long now) {
    if (overPresentLink && !lanes.parked().unwelcome(sender, why, now)) {
      failed(why, true, now);
    } else {
      listener.retried(sink, why);
    }
  }

  private void convict(@Nullable Attempt blamed) {
    if (blamed != null) {
      blamed.lane().giveUp(blamed.queued(), poison.verdict());
    }
  }

  /** Fills the window; true when there was nothing more to fill it with. */
  private boolean deliver(long now) {
    Sink over = link;
    while (over != null && hasRoom() && inFlightBytes < IN_FLIGHT_BYTES) {
      List<Delivery> batch = new ArrayList<>();
      boolean any =
          lanes.offer(
              now,
              lane -> {
                fill(batch, lane, now);
                return !batch.isEmpty();
              });
      if (!any) {
        return lanes.parked().isEmpty();
      }
      if (!handOver(batch, over)) {
        return false;
      }
    }
    return false;
  }

  private boolean hasRoom() {
    return inFlight < (poison.goesAlone() ? 1 : window);
  }

  /** Any thread. */
  private void answered(Attempt attempt) {
    answered.add(attempt);
    boolean simple = quiet && attempt.outcome() instanceof DeliveryOutcome.Accepted;
    if (!simple || !executor.runIfIdle(this::settle)) {
      postTurn();
    }
  }

  /** A link does not throw; when one does, its messages must not stay in flight for ever. */
  private boolean handOver(List<Delivery> batch, Sink over) {
    try {
      over.deliver(batch);
      return true;
    } catch (RuntimeException e) {
      log.error("A link threw; its messages are tried again later sink={}", sink, e);
      batch.forEach(delivery -> delivery.complete(new DeliveryOutcome.Retry("" + e)));
      return false;
    }
  }

  private void fill(List<Delivery> batch, Lane lane, long now) {
    long startedNanos = System.nanoTime();
    while (batch.size() < BATCH && hasRoom() && inFlightBytes < IN_FLIGHT_BYTES) {
      QueuedMessage head = lane.head();
      if (head == null) {
        return;
      }
      lane.take();
      if (head.expired(now)) {
        lane.expired(head);
      } else {
        inFlight++;
        inFlightBytes += head.bytes();
        lane.begin(head);
        batch.add(
            new Attempt(
                sink, lane, head, attachment, attempts++, startedNanos, store, this::answered));
      }
    }
  }

  /** A queue that cannot be read is looked at again in a while; the others go on. */
  private void lookForTrouble(long now) {
    lookAgainMillis = Alarm.NEVER;
    for (String trouble : lanes.troubles()) {
      lookAgainMillis = now + LOOK_AGAIN_MILLIS;
      if (!trouble.equals(lastError)) {
        lastError = trouble;
        log.error("A queue is stuck until its store is mended sink={} why=\"{}\"", sink, trouble);
      }
    }
  }

  /** Wakes the pump when a back-off ends or a deadline passes. */
  private void setAlarm(long now) {
    long next = Math.min(lookAgainMillis, lanes.nextDeadline());
    if (link != null) {
      next = Math.min(next, lanes.parked().nextTry());
      next = backOff.isOver(now) ? next : Math.min(next, backOff.untilMillis());
    }
    alarm.set(next, now);
  }

  private void publishStatus() {
    SinkStatus.State state = SinkStatus.State.of(routed, link != null, backOff.isFailing());
    long next = state == SinkStatus.State.BACKING_OFF ? backOff.untilMillis() : 0;
    SinkStatus old = status;
    if (old.state() != state || old.inFlight() != inFlight || old.nextAttemptMillis() != next) {
      status = new SinkStatus(state, inFlight, lastError, next);
    }
  }
}
