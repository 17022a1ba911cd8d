package dev.edgehub.deadletter;

import dev.edgehub.store.MoveOutcome;

/**
 * What became of an attempt to put dead letters back.
 *
 * @param moved back in their queues
 * @param overdue left: their deadline has passed
 * @param unreadable left: they are no messages
 * @param trouble why the rest was left; empty when nothing was
 */
public record Retried(long moved, long overdue, long unreadable, String trouble) {

  /** Counts chunk by chunk. */
  static final class Count {
    private long moved;
    private long overdue;
    private long unreadable;
    private String trouble = "";

    void overdue() {
      overdue++;
    }

    void unreadable() {
      unreadable++;
    }

    void moved(int letters, MoveOutcome outcome) {
      switch (outcome) {
        case MOVED -> moved += letters;
        case GONE -> trouble = "some of them left in the meantime; try again";
        case FULL -> trouble = "the store is full; try again when there is room";
        case CLOSED -> trouble = "the store is closed";
      }
    }

    String trouble() {
      return trouble;
    }

    Retried sum() {
      return new Retried(moved, overdue, unreadable, trouble);
    }
  }
}
