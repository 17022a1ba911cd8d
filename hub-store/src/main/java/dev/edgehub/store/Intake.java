package dev.edgehub.store;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Appends on their way into a group, in the order in which they came: while room is being made for
 * one, those behind it wait. Writer thread only.
 */
final class Intake {

  private final Room room;
  private final Group group;
  private final Callbacks callbacks;
  private final Queue<WriteCommand.Append> waiting = new ArrayDeque<>();
  private long gathered;

  Intake(Room room, Group group, Callbacks callbacks) {
    this.room = room;
    this.group = group;
    this.callbacks = callbacks;
  }

  /** What the appends of the present group cost, in bytes. */
  long gathered() {
    return gathered;
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Takes an append into the group, refuses it, or lets it wait for the next turn. */
  void append(WriteCommand.Append append) {
    if (isWaiting() || !take(append)) {
      waiting.add(append);
    }
  }

  /** Takes in what waits, as far as {@code groupBytes} goes. */
  void resume(long groupBytes) {
    while (isWaiting() && gathered < groupBytes && take(waiting.element())) {
      waiting.remove();
    }
  }

  private boolean take(WriteCommand.Append append) {
    AppendBatch batch = append.batch();
    if (batch.isHeldUp()) {
      callbacks.finish(append, AppendOutcome.FULL);
      return true;
    }
    Room.Verdict verdict = room.judge(batch, group, gathered);
    if (verdict == Room.Verdict.TAKE) {
      batch.refused(false);
      gathered += Admission.cost(batch);
      group.add(append);
    } else if (verdict == Room.Verdict.REFUSE) {
      callbacks.finish(append, AppendOutcome.FULL);
    }
    return verdict != Room.Verdict.ASK_AGAIN;
  }

  /** The group has been written, or given up. */
  void groupEnded() {
    gathered = 0;
  }

  /** Tells those who wait what became of it. */
  void finish(AppendOutcome outcome) {
    for (WriteCommand left = waiting.poll(); left != null; left = waiting.poll()) {
      callbacks.finish(left, outcome);
    }
  }
}
