package dev.edgehub.delivery;

import java.util.Objects;

/** How one attempt to deliver ended. */
public sealed interface DeliveryOutcome {

  /** The sink has taken responsibility. */
  DeliveryOutcome ACCEPTED = new Accepted();

  /** The link has gone; the message is delivered over the next one, or again over this. */
  DeliveryOutcome GONE = new Gone();

  /** Taken. */
  record Accepted() implements DeliveryOutcome {}

  /** Not taken and the link is no more. */
  record Gone() implements DeliveryOutcome {}

  /**
   * Not taken, worth another attempt.
   *
   * @param why for operators, one sentence
   */
  record Retry(String why) implements DeliveryOutcome {
    public Retry {
      Objects.requireNonNull(why, "why");
    }
  }

  /**
   * Proven to be something this sink can never take; the message leaves its queue and is counted.
   *
   * @param why for operators, one sentence
   */
  record Refused(String why) implements DeliveryOutcome {
    public Refused {
      Objects.requireNonNull(why, "why");
    }
  }
}
