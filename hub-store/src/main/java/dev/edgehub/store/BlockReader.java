package dev.edgehub.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one queue: each block from the tail in memory when it is there, else from the disk.
 *
 * <p>No entry is lost at the border of the two: the tail is only asked for the block that holds the
 * cursor, and a block is on the disk before {@link QueueState#committed} covers it. What lies below
 * that mark and is on neither side has been confirmed and deleted; that is checked, too.
 */
final class BlockReader implements QueueReader {

  private final QueueState queue;
  private final Database database;
  private final StoreWriter writer;
  private final Runnable appended;
  private final Tail tail;
  private final Sweeper sweeper;
  private @Nullable Block block;
  private long cursor;

  /** Everything below was handed out, or has left. */
  private long handed;

  private volatile boolean closed;

  BlockReader(
      QueueState queue,
      Database database,
      StoreWriter writer,
      StoreClock clock,
      int tailBytes,
      Runnable appended) {
    this.queue = queue;
    this.database = database;
    this.writer = writer;
    this.appended = appended;
    tail = new Tail(tailBytes);
    sweeper = new Sweeper(queue, database, writer, clock);
  }

  Sweeper sweeper() {
    return sweeper;
  }

  Tail tail() {
    return tail;
  }

  /** Tells the reader's owner that there is more; writer thread only. */
  void tellAppended() {
    if (!closed) {
      appended.run();
    }
  }

  @Override
  public List<Entry> read(int maxEntries, int maxBytes) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("a reader is asked for at least 1 entry");
    }
    checkOpen();
    long end = queue.committed();
    cursor = queue.taken().nextOwed(cursor);
    if (cursor >= end) {
      block = null; // an idle reader pins no memory
      sweeper.follow(null, handed);
      return List.of();
    }
    Collector collector = new Collector(maxEntries, maxBytes);
    try {
      if (!drainMemory(collector, end)) {
        database.scan(
            Family.BLOCK,
            scan -> {
              drain(collector, end, scan);
              return true;
            });
      }
    } catch (StoreException e) {
      throw told(e);
    } finally {
      sweeper.follow(block, handed);
    }
    return collector.entries;
  }

  @Override
  public long nextDeadline() {
    return sweeper.next();
  }

  @Override
  public List<Entry> sweep(int maxEntries, int maxBytes) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("a sweep takes at least 1 entry");
    }
    checkOpen();
    try {
      return sweeper.sweep(handed, maxEntries, maxBytes);
    } catch (StoreException e) {
      throw told(e);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the reader of " + queue.id() + " is closed");
    }
  }

  private StoreException told(StoreException found) {
    if (found.kind() == StoreException.Kind.DAMAGED) {
      writer.submit(new WriteCommand.Broken(found));
    }
    return found;
  }

  /** Reads on as far as memory goes; false when the disk must be asked. */
  private boolean drainMemory(Collector collector, long end) {
    while (cursor < end && !collector.full) {
      Block current = inMemory();
      if (current == null) {
        // a short answer now is better than a disk access for the rest of it
        return !collector.entries.isEmpty();
      }
      collect(current, collector, end);
    }
    return true;
  }

  private void drain(Collector collector, long end, Cursor scan) {
    boolean placed = false;
    while (cursor < end && !collector.full) {
      Block current = inMemory();
      if (current == null) {
        current = onDisk(scan, placed, end);
        placed = true;
      }
      if (current == null) {
        return;
      }
      collect(current, collector, end);
    }
  }

  private @Nullable Block inMemory() {
    Block current = block;
    if (current == null || cursor >= current.end() || cursor < current.first()) {
      current = tail.take(cursor);
      block = current;
    }
    return current;
  }

  /** The block at the cursor or the next one after it; null when nothing is owed up to the end. */
  private @Nullable Block onDisk(Cursor scan, boolean placed, long end) {
    if (placed) {
      scan.next();
    } else {
      scan.seekForPrev(KeyLayout.block(queue.number(), cursor));
      if (!scan.isValid()) {
        scan.seek(KeyLayout.block(queue.number(), cursor));
      }
    }
    @Nullable StoreException trouble = null;
    long damagedBlock = -1;
    while (scan.isValid()) {
      ByteBuffer key = ByteBuffer.wrap(scan.key());
      int number = key.getInt();
      long first = key.getLong();
      if (Integer.compareUnsigned(number, queue.number()) > 0
          || (number == queue.number() && first >= end)) {
        break;
      }
      if (number == queue.number()) {
        try {
          Block found = BlockCodec.decode(number, first, scan.value());
          if (found.end() > cursor) {
            passOver(Math.max(cursor, first), damagedBlock, trouble);
            queue.hand(found.extent());
            block = found;
            return found;
          }
        } catch (StoreException damaged) {
          passOver(Math.max(cursor, first), damagedBlock, trouble);
          trouble = damaged;
          damagedBlock = first;
        }
      }
      scan.next();
    }
    passOver(end, damagedBlock, trouble);
    return null;
  }

  /** What cannot be read up to {@code to} has been confirmed, or it is lost. */
  private void passOver(long to, long damagedBlock, @Nullable StoreException trouble) {
    if (cursor < to && queue.nextOwed(cursor) < to) {
      StoreException found =
          trouble == null
              ? Sealed.damaged(BlockCodec.describe(queue.number(), cursor), "is missing")
              : trouble;
      writer.submit(new WriteCommand.Lose(queue, new OffsetRange(cursor, to), damagedBlock, found));
    }
    cursor = to;
  }

  private void collect(Block from, Collector collector, long end) {
    long limit = Math.min(end, from.end());
    cursor = queue.taken().nextOwed(cursor);
    while (cursor < limit && !collector.full) {
      long owedEnd = queue.taken().endOfOwed(cursor, limit);
      while (cursor < owedEnd && !collector.full && collector.take(from, cursor)) {
        cursor++;
      }
      if (!collector.full) {
        cursor = queue.taken().nextOwed(cursor);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    queue.detach(this);
  }

  /** Gathers one answer within its limits. */
  private final class Collector {
    final List<Entry> entries;
    boolean full;
    private final int maxEntries;
    private long bytesLeft;

    Collector(int maxEntries, int maxBytes) {
      this.maxEntries = maxEntries;
      bytesLeft = maxBytes;
      entries = new ArrayList<>(Math.min(maxEntries, 256));
    }

    boolean take(Block from, long offset) {
      int index = (int) (offset - from.first());
      byte[] body = from.bodies()[index];
      if (!entries.isEmpty() && body.length > bytesLeft) {
        full = true;
        return false;
      }
      entries.add(from.entry(index));
      handed = offset + 1;
      bytesLeft -= body.length;
      full = entries.size() >= maxEntries;
      return true;
    }
  }
}
