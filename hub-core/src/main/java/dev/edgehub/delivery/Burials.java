package dev.edgehub.delivery;

import dev.edgehub.deadletter.DeadLetter;
import dev.edgehub.deadletter.DeadLetters;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageCodec;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.Entry;
import dev.edgehub.store.MoveOutcome;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What has to leave a lane for the dead letters: gathered, moved in one write at a time, and kept
 * here while the store has no room for it. Belongs to the pump's executor.
 */
final class Burials {

  /** Letters of one move; twice as many that wait keep the lane from reading on. */
  private static final int MOST = 256;

  private static final long MOST_BYTES = 1 << 20;
  private static final long AGAIN_MILLIS = 5_000;

  private final SinkId sink;
  private final QueueId queue;
  private final DeadLetters deadLetters;
  private final QueueStore store;
  private final DeliveryListener listener;
  private final Runnable wake;
  private final List<DeadLetter> waiting = new ArrayList<>();
  private final AtomicReference<@Nullable MoveOutcome> answer = new AtomicReference<>();
  private List<DeadLetter> moving = List.of();
  private int apart;

  /** Fewer while the store is full: one may fit where many do not. */
  private int atOnce = MOST;

  private boolean full;
  private long notBeforeMillis;

  Burials(
      SinkId sink,
      QueueId queue,
      QueueStore store,
      DeadLetters deadLetters,
      DeliveryListener listener,
      Runnable wake) {
    this.sink = sink;
    this.queue = queue;
    this.deadLetters = deadLetters;
    this.store = store;
    this.listener = listener;
    this.wake = wake;
  }

  /** A message that its sink never takes, after one more attempt. */
  void add(QueuedMessage queued, DeadLetter.Cause cause, String why) {
    add(
        queued.offset(),
        queued.enqueuedMillis(),
        queued.deadlineMillis(),
        queued.attempts() + 1,
        // the lane keeps no bytes; these are the same
        MessageCodec.encode(queued.message()),
        cause,
        why);
    tell(queued.message(), cause, why);
  }

  /** An entry that is no message. */
  void unreadable(Entry entry, String why) {
    add(
        entry.offset(),
        entry.enqueuedMillis(),
        entry.deadlineMillis(),
        0,
        entry.body(),
        DeadLetter.Cause.UNREADABLE,
        why);
    tell(null, DeadLetter.Cause.UNREADABLE, "offset " + entry.offset() + ": " + why);
  }

  private void add(
      long offset,
      long enqueuedMillis,
      long deadlineMillis,
      int attempts,
      byte[] stored,
      DeadLetter.Cause cause,
      String why) {
    waiting.add(
        new DeadLetter(
            cause,
            why,
            store.nowMillis(),
            attempts,
            queue.priority(),
            offset,
            enqueuedMillis,
            deadlineMillis,
            stored));
  }

  private void tell(@Nullable Message message, DeadLetter.Cause cause, String why) {
    listener.deadLettered(sink, queue.priority(), message, cause, why);
  }

  /** Moves what waits, if nothing is being moved. */
  void handOver() {
    if (!moving.isEmpty()) {
      MoveOutcome outcome = answer.getAndSet(null);
      if (outcome == null) {
        return;
      }
      take(outcome);
    }
    if (waiting.isEmpty() || store.nowMillis() < notBeforeMillis) {
      return;
    }
    List<DeadLetter> next = new ArrayList<>();
    int most = apart > 0 ? 1 : atOnce;
    apart = Math.max(0, apart - 1);
    long bytes = 0;
    for (DeadLetter letter : waiting) {
      bytes += letter.stored().length;
      if (next.size() == most || (!next.isEmpty() && bytes > MOST_BYTES)) {
        break;
      }
      next.add(letter);
    }
    waiting.subList(0, next.size()).clear();
    moving = next;
    deadLetters.bury(
        sink,
        queue,
        next,
        outcome -> {
          answer.set(outcome);
          wake.run();
        });
  }

  private void take(MoveOutcome outcome) {
    full = outcome == MoveOutcome.FULL;
    if (full) {
      waiting.addAll(0, moving);
      notBeforeMillis = store.nowMillis() + AGAIN_MILLIS;
      atOnce = Math.max(1, moving.size() / 2);
    } else if (outcome == MoveOutcome.GONE && moving.size() > 1) {
      // one of them has left by another way: which one shows when they go one by one
      waiting.addAll(0, moving);
      apart = moving.size();
    } else {
      atOnce = Math.min(MOST, 2 * atOnce);
    }
    moving = List.of();
  }

  /** Whether so many wait that the lane must not read on. */
  boolean areStuck() {
    return waiting.size() >= 2 * MOST;
  }

  /** Why they wait; null when they do not. */
  @Nullable String trouble() {
    return full
        ? "messages of " + queue + " cannot be moved to the dead letters: the store is full"
        : null;
  }
}
