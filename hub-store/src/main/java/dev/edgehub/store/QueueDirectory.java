package dev.edgehub.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every queue by name. A queue gets its number with its first append, for ever; until then it is
 * only a name that somebody waits for.
 */
final class QueueDirectory {

  private static final int MOST_GAPS = 16;

  private final Map<QueueId, QueueState> queues = new ConcurrentHashMap<>();
  private int nextNumber;

  /** Reads the names, then two records per queue; no blocks. */
  void load(Database database) {
    byte[] prefix = KeyLayout.queueNames();
    database.scan(
        Family.META,
        cursor -> {
          for (cursor.seek(prefix);
              cursor.isValid() && KeyLayout.startsWith(cursor.key(), prefix);
              cursor.next()) {
            restore(cursor.key(), cursor.value());
          }
          return true;
        });
    for (QueueState queue : queues.values()) {
      restoreRecords(database, queue);
    }
  }

  private void restore(byte[] key, byte[] value) {
    try {
      int number = ByteBuffer.wrap(key).getInt(1);
      QueueState queue = new QueueState(restoreName(value));
      queue.number(number);
      queues.put(queue.id(), queue);
      nextNumber = Math.max(nextNumber, number + 1);
    } catch (IndexOutOfBoundsException e) {
      throw Sealed.malformed("the name of a queue", e);
    }
  }

  private static void restoreRecords(Database database, QueueState queue) {
    byte[] tail = database.get(Family.CHECKPOINT, KeyLayout.tail(queue.number()));
    if (tail == null) {
      throw Sealed.damaged("the tail record of " + queue.id(), "is missing");
    }
    queue.restore(TailRecord.decode(tail, queue.id().toString()));
    byte[] head = database.get(Family.CHECKPOINT, KeyLayout.head(queue.number()));
    if (head != null) {
      queue.restore(HeadRecord.decode(head, queue.id().toString()));
    }
    queue.check();
  }

  /**
   * After a reopening: what the disk holds at the tails is what counts. The heads in memory are
   * ahead of those on the disk and stay.
   */
  void reloadTails(Database database) {
    for (QueueState queue : queues.values()) {
      if (queue.hasNumber()) {
        byte[] tail = database.get(Family.CHECKPOINT, KeyLayout.tail(queue.number()));
        queue.restore(
            tail == null ? TailRecord.EMPTY : TailRecord.decode(tail, queue.id().toString()));
      }
    }
  }

  /** Both records of every queue that was ever appended to, each of one moment. */
  List<HighWater.Queue> marks() {
    List<HighWater.Queue> marks = new ArrayList<>();
    for (QueueState queue : queues.values()) {
      if (queue.hasNumber() && queue.committed() > 0) {
        marks.add(queue.mark());
      }
    }
    return marks;
  }

  QueueState of(QueueId id) {
    QueueState queue = queues.get(id);
    return queue != null ? queue : queues.computeIfAbsent(id, QueueState::new);
  }

  Collection<QueueState> all() {
    return queues.values();
  }

  /** The bytes of all blocks that are still owed. */
  long owedBytes() {
    long sum = 0;
    for (QueueState queue : all()) {
      sum += queue.bytes();
    }
    return sum;
  }

  /** How many numbers have been given. */
  int numbers() {
    return nextNumber;
  }

  /**
   * A queue that the database has lost the name of, or does not number like this.
   *
   * @return null when the number or the name is taken by another
   */
  @Nullable QueueState adopt(QueueId id, int number) {
    QueueState known = queues.get(id);
    if (known != null) {
      return known.number() == number ? known : null;
    }
    for (QueueState other : queues.values()) {
      if (other.number() == number) {
        return null;
      }
    }
    QueueState queue = new QueueState(id);
    queue.number(number);
    queues.put(id, queue);
    nextNumber = Math.max(nextNumber, number + 1);
    return queue;
  }

  /** By number, where most of each queue has left: its beginning, and the longest gaps behind. */
  Map<Integer, List<OffsetRange>> left() {
    Map<Integer, List<OffsetRange>> left = new HashMap<>();
    for (QueueState queue : queues.values()) {
      if (queue.hasNumber()) {
        HeadRecord head = queue.head();
        List<OffsetRange> ranges = new ArrayList<>();
        if (head.prefix() > 0) {
          ranges.add(new OffsetRange(0, head.prefix()));
        }
        head.above().stream()
            .sorted(Comparator.comparingLong((OffsetRange gap) -> gap.from() - gap.to()))
            .limit(MOST_GAPS)
            .forEach(ranges::add);
        left.put(queue.number(), ranges);
      }
    }
    return left;
  }

  /** A number that no queue has had; writer thread only. */
  int newNumber() {
    return nextNumber++;
  }

  static QueueId restoreName(byte[] record) {
    String what = "the name of a queue";
    try {
      ByteBuffer in = Sealed.contents(record, what);
      int priority = in.getInt();
      return new QueueId(StandardCharsets.UTF_8.decode(in).toString(), priority);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw Sealed.malformed(what, e);
    }
  }

  static byte[] nameRecord(QueueId id) {
    byte[] sink = id.sink().getBytes(StandardCharsets.UTF_8);
    return Sealed.close(Sealed.open(4 + sink.length).putInt(id.priority()).put(sink));
  }
}
