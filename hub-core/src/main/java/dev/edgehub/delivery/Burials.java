package dev.edgehub.delivery;

import dev.edgehub.deadletter.DeadLetter;
import dev.edgehub.deadletter.DeadLetters;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageCodec;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.Entry;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to leave a lane for the dead letters: gathered, moved in one write at a time, and kept
 * here while the store has no room for it. Belongs to the pump's executor.
 */
final class Burials {

  /** So many that wait keep the lane from reading on. */
  private static final int MOST_WAITING = 2 * Moves.MOST;

  private final SinkId sink;
  private final QueueId queue;
  private final DeadLetters deadLetters;
  private final QueueStore store;
  private final DeliveryListener listener;
  private final List<DeadLetter> waiting = new ArrayList<>();
  private final Moves<DeadLetter> moves;

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
    this.moves = new Moves<>(wake);
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
    if (areDone()) {
      return;
    }
    boolean ready =
        moves.isReady(store.nowMillis(), moved -> {}, letters -> waiting.addAll(0, letters));
    if (!ready || waiting.isEmpty()) {
      return;
    }
    List<DeadLetter> next = new ArrayList<>();
    int most = moves.most();
    long bytes = 0;
    for (DeadLetter letter : waiting) {
      bytes += letter.stored().length;
      if (next.size() == most || (!next.isEmpty() && bytes > Moves.MOST_BYTES)) {
        break;
      }
      next.add(letter);
    }
    waiting.subList(0, next.size()).clear();
    moves.begin(next);
    deadLetters.bury(sink, queue, next, moves::answer);
  }

  /** Whether nothing waits and nothing is being moved. */
  boolean areDone() {
    return waiting.isEmpty() && moves.underWay().isEmpty();
  }

  /** Whether so many wait that the lane must not read on. */
  boolean areStuck() {
    return waiting.size() >= MOST_WAITING;
  }

  /** Why they wait; null when they do not. */
  @Nullable String trouble() {
    return moves.isHeldUp()
        ? "messages of " + queue + " cannot be moved to the dead letters: the store is full"
        : null;
  }
}
