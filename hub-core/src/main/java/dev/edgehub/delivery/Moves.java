package dev.edgehub.delivery;

import dev.edgehub.store.MoveOutcome;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves entries out of a queue, one write at a time, and knows what its answer means for the next
 * one. Belongs to the pump's executor, but for {@link #answer}.
 */
final class Moves<T> {

  /** Entries of one move. */
  static final int MOST = 256;

  /** Their bytes, but for the first. */
  static final long MOST_BYTES = 1 << 20;

  private static final long AGAIN_MILLIS = 5_000;

  private final Runnable wake;
  private final AtomicReference<@Nullable MoveOutcome> answer = new AtomicReference<>();
  private List<T> moving = List.of();
  private int apart;

  /** Fewer while the store is full: one may fit where many do not. */
  private int atOnce = MOST;

  private boolean full;
  private long notBeforeMillis;

  Moves(Runnable wake) {
    this.wake = wake;
  }

  /** What is being moved. */
  List<T> underWay() {
    return moving;
  }

  /** Whether the store had no room for the last one. */
  boolean isHeldUp() {
    return full;
  }

  /**
   * Ends the move that is under way, if it was answered; true when the next one may begin.
   *
   * @param moved gets what has been moved
   * @param back gets what has to be tried again
   */
  boolean isReady(long now, Consumer<List<T>> moved, Consumer<List<T>> back) {
    if (!moving.isEmpty()) {
      MoveOutcome outcome = answer.getAndSet(null);
      if (outcome == null) {
        return false;
      }
      List<T> last = moving;
      moving = List.of();
      full = outcome == MoveOutcome.FULL;
      if (outcome == MoveOutcome.MOVED) {
        moved.accept(last);
        atOnce = Math.min(MOST, 2 * atOnce);
      } else if (full) {
        back.accept(last);
        notBeforeMillis = now + AGAIN_MILLIS;
        atOnce = Math.max(1, last.size() / 2);
      } else if (outcome == MoveOutcome.GONE && last.size() > 1) {
        // one of them has left by another way: which one shows when they go one by one
        back.accept(last);
        apart = last.size();
      }
    }
    return now >= notBeforeMillis;
  }

  /** How many the next one may take. */
  int most() {
    return apart > 0 ? 1 : atOnce;
  }

  /** These are being moved; the store tells {@link #answer}. */
  void begin(List<T> next) {
    apart = Math.max(0, apart - 1);
    moving = next;
  }

  /** Any thread. */
  void answer(MoveOutcome outcome) {
    answer.set(outcome);
    wake.run();
  }
}
