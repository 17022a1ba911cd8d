package dev.edgehub.store;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes entries out of queues to make room: always the rest of a queue's first owed block, and of
 * all queues the one that the policy names. Writer thread only.
 *
 * <p>A turn removes a bounded number of blocks, and looks up at most one more per queue: what a
 * queue's first block is and when it was committed is remembered until the block has left.
 */
final class Eviction {

  private static final int BLOCKS_PER_TURN = 128;

  private final boolean leastImportantFirst;
  private final Predicate<QueueId> spared;
  private final QueueDirectory directory;
  private final Confirmations confirmations;
  private final Admission admission;
  private final EvictionNews news;
  private final BlockFinder finder;
  private final Map<QueueState, BlockFinder.Dated> firstBlocks = new HashMap<>();
  private @Nullable PriorityQueue<Victim> victims;
  private int removed;

  /** How an attempt to make room went. */
  enum Result {
    DONE,
    /** This turn has done its share; go on in the next one. */
    TURN_SPENT,
    /** What is left must stay. */
    NOTHING_LEFT
  }

  private record Victim(QueueState queue, Block.Extent block, long committedMillis) {
    int priority() {
      return queue.id().priority();
    }
  }

  Eviction(
      WhenFull policy,
      Predicate<QueueId> spared,
      Database database,
      QueueDirectory directory,
      Confirmations confirmations,
      Admission admission,
      EvictionNews news) {
    leastImportantFirst = policy == WhenFull.DROP_LOWEST_PRIORITY;
    this.spared = spared;
    this.directory = directory;
    this.confirmations = confirmations;
    this.admission = admission;
    this.news = news;
    finder = new BlockFinder(database);
  }

  /** The bytes that could go for entries of which the least important has this priority. */
  long evictable(int priority) {
    long bytes = 0;
    for (QueueState queue : directory.all()) {
      if (mayGo(queue, priority)) {
        bytes += queue.bytes();
      }
    }
    return bytes;
  }

  private boolean mayGo(QueueState queue, int priority) {
    return !spared.test(queue.id()) && (!leastImportantFirst || queue.id().priority() >= priority);
  }

  /** Frees at least so many bytes for entries of which the least important has this priority. */
  Result free(long bytes, int priority) {
    PriorityQueue<Victim> candidates = victims();
    long freed = 0;
    while (freed < bytes) {
      Victim victim = candidates.peek();
      if (victim == null || !mayGo(victim.queue(), priority)) {
        return Result.NOTHING_LEFT;
      }
      if (removed >= BLOCKS_PER_TURN) {
        return Result.TURN_SPENT;
      }
      candidates.remove();
      freed += remove(victim);
      Victim next = first(victim.queue());
      if (next != null) {
        candidates.add(next);
      }
    }
    return Result.DONE;
  }

  /** Frees at least so many bytes of one queue. */
  Result freeOf(QueueState queue, long bytes) {
    long freed = 0;
    while (freed < bytes) {
      Victim victim = first(queue);
      if (victim == null) {
        return Result.NOTHING_LEFT;
      }
      if (removed >= BLOCKS_PER_TURN) {
        return Result.TURN_SPENT;
      }
      freed += remove(victim);
    }
    return Result.DONE;
  }

  private long remove(Victim victim) {
    if (victim.queue().isConfirmed(victim.block())) {
      return 0; // left by itself since it was looked up
    }
    removed++;
    long bytes = victim.block().valueBytes();
    long entries = confirmations.evict(victim.queue(), victim.block());
    admission.shrank(bytes);
    news.evicted(victim.queue(), entries, bytes);
    return bytes;
  }

  private PriorityQueue<Victim> victims() {
    PriorityQueue<Victim> known = victims;
    if (known == null) {
      Comparator<Victim> oldest =
          Comparator.comparingLong(Victim::committedMillis)
              .thenComparingInt(victim -> victim.queue().number());
      known =
          new PriorityQueue<>(
              leastImportantFirst
                  ? Comparator.comparingInt(Victim::priority).reversed().thenComparing(oldest)
                  : oldest);
      for (QueueState queue : directory.all()) {
        Victim first = spared.test(queue.id()) ? null : first(queue);
        if (first != null) {
          known.add(first);
        }
      }
      victims = known;
    }
    return known;
  }

  /** A queue's first owed block; null when nothing is owed, or it cannot be found. */
  private @Nullable Victim first(QueueState queue) {
    long offset = queue.nextOwed(0);
    if (offset >= queue.committed()) {
      firstBlocks.remove(queue);
      return null;
    }
    BlockFinder.Dated block = firstBlocks.get(queue);
    if (block == null || block.extent().end() <= offset) {
      try {
        block = finder.onDisk(queue, offset);
        if (block.extent().end() > queue.committed()) {
          return null; // its header is not as it was written: whoever reads it will say so
        }
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.DAMAGED) {
          throw e;
        }
        return null; // whoever reads the entry will say so
      }
      firstBlocks.put(queue, block);
    }
    return new Victim(queue, block.extent(), block.committedMillis());
  }

  /** Lets go of what a commit makes stale. */
  void endTurn() {
    finder.release();
    victims = null;
    removed = 0;
  }
}
