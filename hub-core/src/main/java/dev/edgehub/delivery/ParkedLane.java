package dev.edgehub.delivery;

import dev.edgehub.store.QueueId;
import dev.edgehub.store.Removal;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A parked sender's queue at one priority. It is open while something of it is under way, and costs
 * next to nothing otherwise: there may be very many. Belongs to the pump's executor.
 */
final class ParkedLane {

  private final Surroundings at;
  private final QueueId queue;
  private final Detour detour;
  private Bookmark bookmark = new Bookmark();
  private @Nullable Lane lane;
  private boolean empty;
  private long nextDeadline = Alarm.NEVER;

  /**
   * A lane of a queue.
   *
   * @param empty whether nothing was appended yet
   */
  ParkedLane(Surroundings at, QueueId queue, Detour detour, boolean empty) {
    this.at = at;
    this.queue = queue;
    this.detour = detour;
    this.empty = empty;
    if (!empty) {
      nextDeadline = 0; // nobody has looked
    }
  }

  /** Whether nothing is in the queue. */
  boolean isEmpty() {
    return empty;
  }

  /** The lane, if it is open. */
  @Nullable Lane opened() {
    return lane;
  }

  /** The lane; opened, and swept, if it was not. */
  Lane open(long now) {
    Lane open = lane;
    if (open == null) {
      open = new Lane(at, queue, bookmark, detour);
      lane = open;
      open.expire(now);
    }
    return open;
  }

  int underWay() {
    Lane open = lane;
    return open == null ? 0 : open.underWay();
  }

  /** Whether nothing of it is left to be begun. */
  boolean isHandedOut() {
    Lane open = lane;
    return empty || (open != null && open.isHandedOut());
  }

  /** These have been appended, in this order. */
  void arrived(List<QueuedMessage> messages) {
    empty = false;
    Lane open = lane;
    if (open != null) {
      open.rest();
      return;
    }
    boolean tried = false;
    for (QueuedMessage message : messages) {
      nextDeadline = Math.min(nextDeadline, message.deadlineMillis());
      tried |= message.tried();
    }
    if (tried) {
      // nobody else appends to it
      long offset = at.store().stats(queue).appended() - messages.size();
      for (QueuedMessage message : messages) {
        if (message.tried()) {
          bookmark.owed(offset, message.attempts());
        }
        offset++;
      }
    }
  }

  /** Takes out what has expired; true when there may be more of it. */
  boolean expire(long now) {
    Lane open = lane;
    if (open != null) {
      return open.expire(now);
    }
    if (nextDeadline <= now) {
      open(now);
    }
    return false;
  }

  /** Hands over what was gathered since the last turn. */
  void confirm() {
    Lane open = lane;
    if (open != null) {
      open.confirm();
    }
  }

  void purge(long now, Consumer<Removal> done) {
    open(now).purge(done);
  }

  /** Closes the lane if nothing is under way. */
  void tidy(long now) {
    Lane open = lane;
    if (open != null && open.isStill()) {
      empty = open.isHandedOut();
      long deadline = open.nextDeadline();
      // a thousand deadlines in a row must not open it a thousand times
      nextDeadline = deadline <= now ? deadline : later(deadline, now);
      bookmark = open.bookmark();
      close();
    }
  }

  private static long later(long deadline, long now) {
    return Math.max(deadline, now + Sweeps.APART_MILLIS);
  }

  /** When something may expire; {@link Alarm#NEVER} when nothing does. */
  long nextDeadline() {
    Lane open = lane;
    return open == null ? nextDeadline : open.nextDeadline();
  }

  void close() {
    Lane open = lane;
    if (open != null) {
      open.close();
      lane = null;
    }
  }
}
