package dev.edgehub.delivery;

import dev.edgehub.message.Identity;
import dev.edgehub.message.MessageCodec;
import dev.edgehub.store.AppendBatch;
import dev.edgehub.store.Disposition;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages of parked senders that a lane has met: held until they can be moved to the queues of
 * their senders, in order. Belongs to the pump's executor.
 */
final class Transfers {

  /** So many of them keep the lane from reading on. */
  private static final int MOST_HELD = 2 * Moves.MOST;

  private static final long MOST_HELD_BYTES = 4 << 20;

  private final QueueId queue;
  private final QueueStore store;
  private final Detour detour;
  private final Moves<QueuedMessage> moves;
  private final TreeMap<Long, QueuedMessage> held = new TreeMap<>();
  private final List<Runnable> whenStill = new ArrayList<>();
  private long heldBytes;

  Transfers(QueueId queue, QueueStore store, Detour detour, Runnable wake) {
    this.queue = queue;
    this.store = store;
    this.detour = detour;
    this.moves = new Moves<>(wake);
  }

  /** Takes over a message of a parked sender; false when it is none. */
  boolean takes(QueuedMessage message) {
    if (!detour.isParked(message.sender())) {
      return false;
    }
    hold(message);
    return true;
  }

  private void hold(QueuedMessage message) {
    held.put(message.offset(), message);
    heldBytes += message.bytes();
  }

  /**
   * Moves what is held, if nothing is being moved.
   *
   * @param isUnderWay whether the lane awaits answers for a sender: what comes back then belongs
   *     before what is held
   */
  void handOver(Predicate<Identity> isUnderWay) {
    if (held.isEmpty() && moves.underWay().isEmpty()) {
      return;
    }
    boolean ready =
        moves.isReady(
            store.nowMillis(),
            messages -> detour.moved(queue.priority(), messages),
            messages -> messages.forEach(this::hold));
    if (moves.underWay().isEmpty()) {
      List<Runnable> actions = List.copyOf(whenStill);
      whenStill.clear();
      actions.forEach(Runnable::run);
    }
    if (!ready || held.isEmpty()) {
      return;
    }
    List<QueuedMessage> next = choose(isUnderWay);
    if (next.isEmpty()) {
      return;
    }
    AppendBatch into = new AppendBatch();
    ConfirmedOffsets offsets = new ConfirmedOffsets();
    for (QueuedMessage message : next) {
      remove(message);
      offsets.add(message.offset());
      into.add(
          detour.queueOf(message.sender(), queue.priority()),
          message.deadlineMillis(),
          // the lane keeps no bytes; these are the same
          MessageCodec.encode(message.message()));
    }
    moves.begin(next);
    store.move(queue, offsets.drain(), Disposition.MOVED, into, moves::answer);
  }

  private List<QueuedMessage> choose(Predicate<Identity> isUnderWay) {
    Map<Identity, Integer> counts = new HashMap<>();
    held.values().forEach(message -> counts.merge(message.sender(), 1, Integer::sum));
    Map<Identity, Boolean> may = new HashMap<>();
    counts.forEach(
        (sender, count) ->
            may.put(sender, !isUnderWay.test(sender) && detour.mayMove(sender, count)));
    List<QueuedMessage> next = new ArrayList<>();
    int most = moves.most();
    long bytes = 0;
    for (QueuedMessage message : held.values()) {
      if (may.getOrDefault(message.sender(), false)) {
        bytes += message.bytes();
        if (next.size() == most || (!next.isEmpty() && bytes > Moves.MOST_BYTES)) {
          break;
        }
        next.add(message);
      }
    }
    return next;
  }

  private void remove(QueuedMessage message) {
    if (held.remove(message.offset()) != null) {
      heldBytes -= message.bytes();
    }
  }

  /** Gives up those held messages that are chosen. */
  void removeIf(Predicate<QueuedMessage> chosen) {
    List.copyOf(held.values()).stream().filter(chosen).forEach(this::remove);
  }

  /** Gives back what is held of a sender that is no longer parked. */
  List<QueuedMessage> release(Identity sender) {
    List<QueuedMessage> back =
        held.values().stream().filter(message -> message.sender().equals(sender)).toList();
    back.forEach(this::remove);
    return back;
  }

  boolean isMoving(Identity sender) {
    return moves.underWay().stream().anyMatch(message -> message.sender().equals(sender));
  }

  /** Runs something when nothing is on its way between two queues: at once, or in a later turn. */
  void whenStill(Runnable action) {
    if (moves.underWay().isEmpty()) {
      action.run();
    } else {
      whenStill.add(action);
    }
  }

  /** Whether so many wait that the lane must not read on. */
  boolean areStuck() {
    return held.size() + moves.underWay().size() >= MOST_HELD || heldBytes >= MOST_HELD_BYTES;
  }

  /** Why they wait; null when they do not. */
  @Nullable String trouble() {
    return moves.isHeldUp() && !held.isEmpty()
        ? "messages of "
            + queue
            + " cannot be moved to the queues of their parked senders: the store is full"
        : null;
  }
}
