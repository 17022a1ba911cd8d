package dev.edgehub.store;

import java.nio.ByteBuffer;

/**
 * How many entries have left a queue, by reason. Each left once.
 *
 * @param lost taken by damage to the files, each named in a {@link LossReport}
 * @param moved to another queue of the store
 */
public record Departures(
    long delivered,
    long expired,
    long evicted,
    long deadLettered,
    long dropped,
    long lost,
    long moved) {

  /** Nothing has left. */
  public static final Departures NONE = new Departures(0, 0, 0, 0, 0, 0, 0);

  static final int BYTES = 7 * Long.BYTES;

  /** How many have left. */
  public long total() {
    return delivered + expired + evicted + deadLettered + dropped + lost + moved;
  }

  /** These, and so many more that left for this reason. */
  public Departures plus(Disposition why, long more) {
    return switch (why) {
      case DELIVERED ->
          new Departures(delivered + more, expired, evicted, deadLettered, dropped, lost, moved);
      case EXPIRED ->
          new Departures(delivered, expired + more, evicted, deadLettered, dropped, lost, moved);
      case EVICTED ->
          new Departures(delivered, expired, evicted + more, deadLettered, dropped, lost, moved);
      case DEAD_LETTERED ->
          new Departures(delivered, expired, evicted, deadLettered + more, dropped, lost, moved);
      case DROPPED ->
          new Departures(delivered, expired, evicted, deadLettered, dropped + more, lost, moved);
      case MOVED ->
          new Departures(delivered, expired, evicted, deadLettered, dropped, lost, moved + more);
    };
  }

  /** These, and so many more that damage has taken. */
  Departures plusLost(long more) {
    return new Departures(delivered, expired, evicted, deadLettered, dropped, lost + more, moved);
  }

  void put(ByteBuffer record) {
    record.putLong(delivered).putLong(expired).putLong(evicted);
    record.putLong(deadLettered).putLong(dropped).putLong(lost).putLong(moved);
  }

  static Departures get(ByteBuffer record) {
    return new Departures(
        record.getLong(),
        record.getLong(),
        record.getLong(),
        record.getLong(),
        record.getLong(),
        record.getLong(),
        record.getLong());
  }
}
