package dev.edgehub.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is due of one queue, by the expiry index, behind what the reader has handed out. The
 * reader's own, but for {@link #note} and {@link #next}.
 */
final class Sweeper {

  private static final long NOT_LOOKED_YET = 0;

  private final QueueState queue;
  private final Database database;
  private final StoreWriter writer;
  private final StoreClock clock;

  /** The block that the reader is in the middle of: the index does not tell its two parts apart. */
  private @Nullable Block rest;

  // lower bounds: of blocks committed since the index was looked at, of the index, of the rest
  private final AtomicLong noted = new AtomicLong(AppendBatch.NEVER);
  private volatile long nextInIndex = NOT_LOOKED_YET;
  private volatile long nextInRest = AppendBatch.NEVER;

  /**
   * Places in the index that were looked at and may still be there, with what their blocks owe
   * next: the writer takes its time, and while the disk is full all of it.
   */
  private final Map<Place, Long> done = new HashMap<>();

  private record Place(long deadline, long first) {}

  Sweeper(QueueState queue, Database database, StoreWriter writer, StoreClock clock) {
    this.queue = queue;
    this.database = database;
    this.writer = writer;
    this.clock = clock;
  }

  /** A block with this earliest deadline was committed; writer thread. */
  void note(long deadline) {
    if (deadline < noted.get()) {
      noted.accumulateAndGet(deadline, Math::min);
    }
  }

  /**
   * The reader has come so far.
   *
   * @param block where it may be in the middle of
   * @param handed everything below was handed out, or has left
   */
  void follow(@Nullable Block block, long handed) {
    if (block == null || handed <= block.first() || handed >= block.end()) {
      rest = null;
      nextInRest = AppendBatch.NEVER;
    } else if (!block.equals(rest)) {
      rest = block;
      nextInRest = block.earliest();
    }
  }

  /** No earlier than this there is something to sweep; any thread. */
  long next() {
    return Math.min(nextInRest, Math.min(nextInIndex, noted.get()));
  }

  /** As {@link QueueReader#sweep}; everything below {@code handed} is the reader's caller's. */
  List<Entry> sweep(long handed, int maxEntries, int maxBytes) {
    queue.taken().forgetCounted();
    Round round = new Round(handed, clock.nowMillis(), maxEntries, maxBytes);
    try {
      Block middle = rest;
      if (middle != null && nextInRest <= round.now) {
        nextInRest = round.take(middle);
      }
      if (Math.min(nextInIndex, noted.get()) <= round.now) {
        round.walk();
      }
    } finally {
      round.submit(); // what was taken is returned by nobody any more
    }
    return round.entries;
  }

  /** One sweep. */
  private final class Round {
    private final long handed;
    private final long now;
    private final int maxEntries;
    private final int maxBytes;
    private final List<Entry> entries = new ArrayList<>();
    private final List<WriteCommand.Expire.Part> parts = new ArrayList<>();
    private final List<ExpiryIndex.Move> moves = new ArrayList<>();
    private long bytes;
    private long nextInBlocks = AppendBatch.NEVER;
    private final Set<Place> stillThere = new HashSet<>();

    Round(long handed, long now, int maxEntries, int maxBytes) {
      this.handed = handed;
      this.now = now;
      this.maxEntries = maxEntries;
      this.maxBytes = maxBytes;
    }

    private boolean isFull() {
      return entries.size() + moves.size() >= maxEntries || bytes >= maxBytes;
    }

    /** Goes through the index up to now. */
    void walk() {
      nextInIndex = now; // should the disk fail in between
      noted.set(AppendBatch.NEVER); // what was noted is below the mark and in the cursor's view
      long committed = queue.committed();
      long nextKey =
          database.scan(
              Family.EXPIRY,
              cursor -> {
                for (cursor.seek(KeyLayout.expiry(queue.number(), 0, 0));
                    cursor.isValid() && KeyLayout.queue(cursor.key()) == queue.number();
                    cursor.next()) {
                  long deadline = KeyLayout.deadline(cursor.key());
                  if (deadline > now) {
                    done.keySet().retainAll(stillThere);
                    return deadline;
                  }
                  if (isFull()) {
                    return deadline;
                  }
                  long first = KeyLayout.expiryFirst(cursor.key());
                  if (first < committed && !isDone(new Place(deadline, first))) {
                    look(first, deadline);
                  }
                }
                done.keySet().retainAll(stillThere);
                return AppendBatch.NEVER;
              });
      nextInIndex = Math.min(nextKey, nextInBlocks);
    }

    /** Whether looking at a block again would show nothing new. */
    private boolean isDone(Place place) {
      Long next = done.get(place);
      if (next == null || next <= now) {
        return false;
      }
      stillThere.add(place);
      nextInBlocks = Math.min(nextInBlocks, next);
      return true;
    }

    private void move(long first, long end, long from, long to) {
      moves.add(new ExpiryIndex.Move(queue, first, end, from, to));
      Place place = new Place(from, first);
      done.put(place, to);
      stillThere.add(place);
    }

    private void look(long first, long deadline) {
      byte[] value = database.get(Family.BLOCK, KeyLayout.block(queue.number(), first));
      if (value == null) {
        move(first, first, deadline, AppendBatch.NEVER);
      } else if (first >= handed) {
        bytes += value.length;
        Block block;
        try {
          block = BlockCodec.decode(queue.number(), first, value);
        } catch (StoreException damaged) {
          // the reader comes to it and says what is lost; looking again does not help
          move(first, first, deadline, AppendBatch.NEVER);
          return;
        }
        long next = take(block);
        nextInBlocks = Math.min(nextInBlocks, next);
        if (next > now) { // else there is more in it, and it stays where it is
          move(first, block.end(), deadline, next);
        }
      }
    }

    /** Takes what is due of a block; returns the next deadline that is owed in it. */
    long take(Block block) {
      long next = AppendBatch.NEVER;
      List<OffsetRange> ranges = new ArrayList<>();
      long at = queue.taken().nextOwed(Math.max(handed, block.first()));
      while (at < block.end()) {
        long end = queue.taken().endOfOwed(at, block.end());
        long from = at;
        for (; at < end; at++) {
          int index = (int) (at - block.first());
          long deadline = block.deadlines()[index];
          boolean due = deadline <= now && entries.size() < maxEntries;
          if (due) {
            entries.add(block.entry(index));
          } else {
            next = Math.min(next, deadline);
            addRange(ranges, from, at);
            from = at + 1;
          }
        }
        addRange(ranges, from, end);
        at = queue.taken().nextOwed(end);
      }
      if (!ranges.isEmpty()) {
        parts.add(new WriteCommand.Expire.Part(block.extent(), ranges));
        queue.taken().add(ranges);
      }
      return next;
    }

    private void addRange(List<OffsetRange> ranges, long from, long to) {
      if (from < to) {
        ranges.add(new OffsetRange(from, to));
      }
    }

    void submit() {
      if (!parts.isEmpty() || !moves.isEmpty()) {
        writer.submit(new WriteCommand.Expire(queue, parts, moves));
      }
    }
  }
}
