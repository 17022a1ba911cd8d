package dev.edgehub.store;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one queue without reading its blocks. The writer thread changes it; others look
 * at it. Everything that must agree with each other is guarded by this object's monitor, which is
 * only held for a few instructions.
 */
final class QueueState {

  private static final int UNNUMBERED = -1;

  private final QueueId id;
  private final ConcurrentSkipListMap<Long, Block.Extent> handed = new ConcurrentSkipListMap<>();
  private final Taken taken = new Taken(this);
  private volatile int number = UNNUMBERED;
  private volatile long committed;
  private volatile @Nullable BlockReader reader;

  private OffsetRanges confirmed = new OffsetRanges();
  private Departures left = Departures.NONE;
  private long appendedBytes;
  private long removedBytes;

  QueueState(QueueId id) {
    this.id = id;
  }

  QueueId id() {
    return id;
  }

  /** The queue's place in the keys; only asked for once something was appended. */
  int number() {
    return number;
  }

  boolean hasNumber() {
    return number != UNNUMBERED;
  }

  void number(int assigned) {
    number = assigned;
  }

  /** The offset after the last committed entry: readers may read below it. */
  long committed() {
    return committed;
  }

  /** What has left by a sweep and is not counted yet: only readers care. */
  Taken taken() {
    return taken;
  }

  /** The first offset at or after {@code offset} that is still owed. */
  synchronized long nextOwed(long offset) {
    return confirmed.nextOwed(offset);
  }

  /** How many offsets from {@code from} to {@code to} are still owed. */
  synchronized long owedIn(long from, long to) {
    long owed = 0;
    long at = confirmed.nextOwed(from);
    while (at < to) {
      long end = confirmed.endOfOwed(at, to);
      owed += end - at;
      at = confirmed.nextOwed(end);
    }
    return owed;
  }

  /** The end of the owed offsets that begin at {@code offset}, at most {@code limit}. */
  synchronized long endOfOwed(long offset, long limit) {
    return confirmed.endOfOwed(offset, limit);
  }

  synchronized boolean isConfirmed(Block.Extent block) {
    return confirmed.covers(block.first(), block.end());
  }

  /** Entries from {@code from} to {@code to} have left; returns how many were still owed. */
  synchronized long confirm(long from, long to, Disposition why) {
    long fresh = confirmed.add(from, to);
    left = left.plus(why, fresh);
    return fresh;
  }

  /** Damage has taken the entries from {@code from} to {@code to}. */
  synchronized void lose(long from, long to) {
    left = left.plusLost(confirmed.add(from, to));
    if (confirmed.prefix() == committed) {
      removedBytes = appendedBytes; // nobody knows how much of it the lost ones were
    }
  }

  /** A block has been committed; its entries are readable from now on. */
  synchronized void appended(long end, long valueBytes) {
    appendedBytes += valueBytes;
    committed = end;
  }

  synchronized void removed(long valueBytes) {
    removedBytes += valueBytes;
  }

  synchronized long bytes() {
    return appendedBytes - removedBytes;
  }

  synchronized QueueStats stats(long oldestMillis) {
    return new QueueStats(
        id,
        committed,
        left,
        owedIn(0, committed), // counted, not worked out: the sum of all must come out
        appendedBytes - removedBytes,
        oldestMillis);
  }

  // ---- blocks that readers have been handed and that are not wholly confirmed

  void hand(Block.Extent block) {
    handed.put(block.first(), block);
  }

  Block.@Nullable Extent handed(long offset) {
    Map.Entry<Long, Block.Extent> entry = handed.floorEntry(offset);
    return entry == null || entry.getValue().end() <= offset ? null : entry.getValue();
  }

  /** Forgets a block, and those that a slow reader noted after they had been confirmed. */
  void forget(Block.Extent block) {
    handed.remove(block.first());
    long prefix = nextOwed(0);
    for (var first = handed.firstEntry();
        first != null && first.getValue().end() <= prefix;
        first = handed.firstEntry()) {
      handed.remove(first.getKey());
    }
  }

  void forgetAll() {
    handed.clear();
  }

  // ---- the reader

  @Nullable BlockReader reader() {
    return reader;
  }

  /** False when the queue has a reader already. */
  synchronized boolean attach(BlockReader opened) {
    if (reader != null) {
      return false;
    }
    reader = opened;
    return true;
  }

  synchronized void detach(BlockReader closed) {
    if (reader == closed) {
      reader = null;
      forgetAll();
    }
  }

  // ---- records

  /** The tail as it is after an append that is about to be written. */
  synchronized TailRecord tail(long next, long addedBytes) {
    return new TailRecord(next, appendedBytes + addedBytes);
  }

  /** The tail as it is. */
  synchronized TailRecord tail() {
    return new TailRecord(committed, appendedBytes);
  }

  synchronized HeadRecord head() {
    return new HeadRecord(left, removedBytes, confirmed.prefix(), confirmed.above());
  }

  /** Both records of one moment. */
  synchronized HighWater.Queue mark() {
    return new HighWater.Queue(number, id, tail(), head());
  }

  synchronized void restore(TailRecord tail) {
    committed = tail.next();
    appendedBytes = tail.appendedBytes();
  }

  synchronized void restore(HeadRecord head) {
    left = head.left();
    removedBytes = head.removedBytes();
    confirmed = head.confirmed();
  }

  /** Refuses records that contradict each other. */
  synchronized void check() {
    boolean beyond = confirmed.end() > committed;
    if (beyond || removedBytes > appendedBytes) {
      throw Sealed.damaged("the head record of " + id, "does not fit its tail record");
    }
  }
}
