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

  /** Not sent, and the link is no more or does not want it now. */
  record Gone() implements DeliveryOutcome {}

  /**
   * Sent and not answered when the connection that carried it was closed: worth another attempt. A
   * message that this happens to again and again, alone, is what closes the connection.
   *
   * @param why for operators, one sentence
   */
  record Closed(String why) implements DeliveryOutcome {
    public Closed {
      Objects.requireNonNull(why, "why");
    }
  }

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
   * Not taken, because the sink wants nothing of this message's sender for now: it is throttled, or
   * not authorised. Only that sender is left alone for a while.
   *
   * @param why for operators, one sentence
   */
  record Unwelcome(String why) implements DeliveryOutcome {
    public Unwelcome {
      Objects.requireNonNull(why, "why");
    }
  }

  /**
   * Proven to be something this sink can never take; the message leaves its queue for the dead
   * letters.
   *
   * @param why for operators, one sentence
   */
  record Refused(String why) implements DeliveryOutcome {
    public Refused {
      Objects.requireNonNull(why, "why");
    }
  }
}
