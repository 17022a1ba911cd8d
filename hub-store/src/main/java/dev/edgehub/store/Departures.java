package dev.edgehub.store;

import java.nio.ByteBuffer;

/**
 * How many entries have left a queue, by reason. Each left once.
 *
 * @param lost taken by damage to the files, each named in a {@link LossReport}
 */
public record Departures(
    long delivered, long expired, long evicted, long deadLettered, long dropped, long lost) {

  /** Nothing has left. */
  public static final Departures NONE = new Departures(0, 0, 0, 0, 0, 0);

  static final int BYTES = 6 * Long.BYTES;

  /** How many have left. */
  public long total() {
    return delivered + expired + evicted + deadLettered + dropped + lost;
  }

  /** These, and so many more that left for this reason. */
  public Departures plus(Disposition why, long more) {
    return switch (why) {
      case DELIVERED ->
          new Departures(delivered + more, expired, evicted, deadLettered, dropped, lost);
      case EXPIRED ->
          new Departures(delivered, expired + more, evicted, deadLettered, dropped, lost);
      case EVICTED ->
          new Departures(delivered, expired, evicted + more, deadLettered, dropped, lost);
      case DEAD_LETTERED ->
          new Departures(delivered, expired, evicted, deadLettered + more, dropped, lost);
      case DROPPED ->
          new Departures(delivered, expired, evicted, deadLettered, dropped + more, lost);
    };
  }

  /** These, and so many more that damage has taken. */
  Departures plusLost(long more) {
    return new Departures(delivered, expired, evicted, deadLettered, dropped, lost + more);
  }

  void put(ByteBuffer record) {
    record.putLong(delivered).putLong(expired).putLong(evicted);
    record.putLong(deadLettered).putLong(dropped).putLong(lost);
  }

  static Departures get(ByteBuffer record) {
    return new Departures(
        record.getLong(),
        record.getLong(),
        record.getLong(),
        record.getLong(),
        record.getLong(),
        record.getLong());
  }
}
