package dev.edgehub.mqtt.session;

import dev.edgehub.mqtt.wire.ConnectProperties;

/**
 * One session as it is stored.
 *
 * @param expirySeconds how long it outlives its connection, {@link ConnectProperties#NEVER} for
 *     ever
 * @param endsMillis when it is over, in the store's time; {@link #OPEN} while its client is
 *     connected and when it is never over
 */
record StoredSession(Subscriptions subscriptions, long expirySeconds, long endsMillis) {

  private static final long OPEN = Long.MAX_VALUE;
  private static final String EXPIRES = "expires ";

  static StoredSession connected(Subscriptions subscriptions, long expirySeconds) {
    return new StoredSession(subscriptions, expirySeconds, OPEN);
  }

  /** The same, its client gone since now, unless it was gone before. */
  StoredSession ending(long nowMillis) {
    return expirySeconds == ConnectProperties.NEVER || endsMillis != OPEN
        ? this
        : new StoredSession(subscriptions, expirySeconds, nowMillis + 1_000 * expirySeconds);
  }

  boolean isOver(long nowMillis) {
    return endsMillis <= nowMillis;
  }

  /** The subscriptions, below a line with the times when the session expires at all. */
  String toText() {
    String filters = subscriptions.toText();
    return expirySeconds == ConnectProperties.NEVER
        ? filters
        : EXPIRES + expirySeconds + ' ' + endsMillis + '\n' + filters;
  }

  /** Reads {@link #toText}. */
  static StoredSession fromText(String text) {
    if (!text.startsWith(EXPIRES)) {
      return connected(Subscriptions.fromText(text), ConnectProperties.NEVER);
    }
    String line = text.lines().findFirst().orElse(EXPIRES);
    String[] times = line.substring(EXPIRES.length()).split(" ", -1);
    Subscriptions subscriptions = Subscriptions.fromText(text.substring(line.length()));
    try {
      return new StoredSession(
          subscriptions, Long.parseLong(times[0]), Long.parseLong(times[times.length - 1]));
    } catch (NumberFormatException e) {
      // a session too many does no harm, one lost silences its client
      return connected(subscriptions, ConnectProperties.NEVER);
    }
  }
}
