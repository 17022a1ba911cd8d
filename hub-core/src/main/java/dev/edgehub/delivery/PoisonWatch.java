package dev.edgehub.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Finds the message that closes the link whenever it is delivered. After a close without any
 * progress the oldest unanswered message is the suspect; it goes out alone from then on, so that
 * every further close is its doing. Anything accepted clears it. Belongs to the pump's executor.
 */
final class PoisonWatch {

  private final int mostCloses;
  private @Nullable Attempt oldest;
  private @Nullable Attempt suspect;
  private int closes;

  /**
   * A watch without a suspect.
   *
   * @param mostCloses closes that convict, at least 2: the first one may have been another's doing
   */
  PoisonWatch(int mostCloses) {
    this.mostCloses = mostCloses;
  }

  /** A message was taken. */
  void accepted() {
    suspect = null;
    closes = 0;
  }

  /** The connection was closed with this attempt unanswered. */
  void closed(Attempt attempt) {
    if (oldest == null || attempt.order() < oldest.order()) {
      oldest = attempt;
    }
  }

  /** Nothing is under way any more; returns the attempt with a message that is convicted. */
  @Nullable Attempt settle() {
    Attempt blamed = oldest;
    if (blamed == null) {
      return null;
    }
    oldest = null;
    closes = suspect != null && suspect.isOfSameMessage(blamed) ? closes + 1 : 1;
    suspect = blamed;
    if (closes < mostCloses) {
      return null;
    }
    accepted();
    return blamed;
  }

  /** Whether a message of that lane is under suspicion. */
  boolean concerns(Lane lane) {
    Attempt blamed = oldest;
    Attempt suspected = suspect;
    return (blamed != null && blamed.lane() == lane)
        || (suspected != null && suspected.lane() == lane);
  }

  /** Why a message was convicted. */
  String verdict() {
    return "the link was closed " + mostCloses + " times in a row while this message was under way";
  }

  /** Whether messages must go out one at a time. */
  boolean goesAlone() {
    return suspect != null || oldest != null;
  }
}
