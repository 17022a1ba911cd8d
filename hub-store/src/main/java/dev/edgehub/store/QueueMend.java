package dev.edgehub.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes the records of one queue fit the blocks that are really there: what was appended, has not
 * left and is in none of them is lost. The next offset never goes back.
 */
final class QueueMend {

  private final QueueId id;
  private final TailRecord tail;
  private final HeadRecord head;
  private final OffsetRanges left;
  private final List<LostRange> lost = new ArrayList<>();
  private long lostEntries;
  private long at;
  private long keptBytes;

  /**
   * @param tail the furthest that is known
   * @param head the latest that is known
   */
  QueueMend(QueueId id, TailRecord tail, HeadRecord head) {
    this.id = id;
    this.tail = tail;
    this.head = head;
    left = head.confirmed();
  }

  /**
   * A block that can be read; in the order of offsets. False when nobody is owed anything of it.
   */
  boolean keeps(Block.Extent block) {
    lose(block.first());
    at = Math.max(at, block.end());
    if (left.covers(block.first(), block.end())) {
      return false;
    }
    keptBytes += block.valueBytes();
    return true;
  }

  private void lose(long to) {
    long from = left.nextOwed(at);
    while (from < to) {
      long end = left.endOfOwed(from, to);
      lost.add(new LostRange(id, new OffsetRange(from, end)));
      lostEntries += left.add(from, end);
      from = left.nextOwed(end);
    }
  }

  /** After the last block. */
  Result finish() {
    long next = Math.max(Math.max(tail.next(), at), left.end());
    lose(next);
    long appendedBytes = Math.max(tail.appendedBytes(), keptBytes);
    return new Result(
        new TailRecord(next, appendedBytes),
        new HeadRecord(
            head.left().plusLost(lostEntries),
            appendedBytes - keptBytes,
            left.prefix(),
            left.above()),
        List.copyOf(lost));
  }

  /** What the queue goes on with. */
  record Result(TailRecord tail, HeadRecord head, List<LostRange> lost) {}
}
