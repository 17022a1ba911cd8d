package dev.edgehub.deadletter;

import java.util.Objects;

/**
 * A stored entry that its sink never takes, with everything needed to put it back.
 *
 * @param why for operators, one sentence; cut to {@value #MAX_WHY} characters
 * @param atMillis moment when it was given up; all three moments by {@link
 *     dev.edgehub.store.QueueStore#nowMillis}
 * @param attempts attempts to deliver it since the hub was started, at least 0
 * @param priority of the queue that it was in
 * @param offset its place in that queue
 * @param enqueuedMillis moment of its commit to that queue
 * @param deadlineMillis moment after which it would not be delivered, or {@link Long#MAX_VALUE}
 * @param stored the entry's bytes, a message unless the cause is {@code UNREADABLE}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost each message
public record DeadLetter(
    Cause cause,
    String why,
    long atMillis,
    int attempts,
    int priority,
    long offset,
    long enqueuedMillis,
    long deadlineMillis,
    byte[] stored) {

  static final int MAX_WHY = 1_000;

  public DeadLetter {
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(stored, "stored");
    why = why.length() <= MAX_WHY ? why : why.substring(0, MAX_WHY - 1) + "…";
  }

  /** What proved that the sink never takes it. The number is stored and never used again. */
  public enum Cause {
    /** The sink said so. */
    REFUSED(1),
    /** The link was closed again and again while this message was the only one under way. */
    POISON(2),
    /** The bytes are no message. */
    UNREADABLE(3);

    private final int number;

    Cause(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }
}
