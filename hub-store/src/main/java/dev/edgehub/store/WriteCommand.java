package dev.edgehub.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What callers hand to the writer thread. Each kind knows its own way into a group. */
sealed interface WriteCommand {

  /** Writer thread only. */
  void applyTo(WriterTurn turn);

  /** Tells the caller, if it wants to know; called once, by the writer or after its end. */
  void finish(AppendOutcome outcome);

  /** Whether somebody waits for it: then the writer is woken at once. */
  boolean isAwaited();

  /** The bodies it brings, in bytes. */
  long bytes();

  /** What commands may ask for while the writer drains them. */
  interface WriterTurn {
    void append(Append append);

    void confirm(Confirm confirm);

    void document(Document document);

    void lose(Lose lose);

    void expire(Expire expire);

    void move(Move move);
  }

  /**
   * What a reader could not read. The block, when there is one, is of no use to anybody.
   *
   * @param block offset of a block that RocksDB can read and that is not as it was written, or -1
   */
  record Lose(QueueState queue, OffsetRange range, long block, StoreException found)
      implements WriteCommand {

    @Override
    public void applyTo(WriterTurn turn) {
      turn.lose(this);
    }

    @Override
    public void finish(AppendOutcome outcome) {}

    @Override
    public boolean isAwaited() {
      return true;
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  /** RocksDB found its files damaged: the store ends, and is salvaged when it is opened again. */
  record Broken(StoreException found) implements WriteCommand {

    @Override
    public void applyTo(WriterTurn turn) {
      throw found;
    }

    @Override
    public void finish(AppendOutcome outcome) {}

    @Override
    public boolean isAwaited() {
      return true;
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  /** Entries for the ends of queues. */
  record Append(AppendBatch batch, Consumer<AppendOutcome> done) implements WriteCommand {
    public Append {
      Objects.requireNonNull(batch, "batch");
      Objects.requireNonNull(done, "done");
    }

    @Override
    public void applyTo(WriterTurn turn) {
      turn.append(this);
    }

    @Override
    public void finish(AppendOutcome outcome) {
      batch.refused(outcome == AppendOutcome.FULL);
      done.accept(outcome);
    }

    @Override
    public boolean isAwaited() {
      return true;
    }

    @Override
    public long bytes() {
      return batch.bytes();
    }
  }

  /** Entries that leave one queue while others are appended: both or neither. */
  record Move(
      QueueState from,
      List<OffsetRange> ranges,
      Disposition why,
      AppendBatch into,
      Consumer<MoveOutcome> done)
      implements WriteCommand {
    public Move {
      ranges = List.copyOf(ranges);
      Objects.requireNonNull(why, "why");
      Objects.requireNonNull(into, "into");
      Objects.requireNonNull(done, "done");
    }

    @Override
    public void applyTo(WriterTurn turn) {
      turn.move(this);
    }

    @Override
    public void finish(AppendOutcome outcome) {
      done.accept(
          switch (outcome) {
            case DURABLE -> MoveOutcome.MOVED;
            case FULL -> MoveOutcome.FULL;
            case CLOSED -> MoveOutcome.CLOSED;
          });
    }

    @Override
    public boolean isAwaited() {
      return true;
    }

    @Override
    public long bytes() {
      return into.bytes();
    }
  }

  /**
   * Ranges that have left a queue; taken apart bit by bit when there is much of it.
   *
   * @param tally who wants to know when it is written, and how many there were; null: nobody
   */
  record Confirm(
      QueueState queue, Deque<OffsetRange> ranges, Disposition why, @Nullable Tally tally)
      implements WriteCommand {
    Confirm(QueueState queue, List<OffsetRange> ranges, Disposition why, @Nullable Tally tally) {
      this(queue, new ArrayDeque<>(ranges), Objects.requireNonNull(why, "why"), tally);
    }

    @Override
    public void applyTo(WriterTurn turn) {
      turn.confirm(this);
    }

    @Override
    public void finish(AppendOutcome outcome) {
      if (tally != null) {
        tally.done.accept(new Removal(outcome, tally.entries));
      }
    }

    @Override
    public boolean isAwaited() {
      return tally != null;
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  /**
   * What a sweep found: ranges whose deadlines have passed, each with its block, and the blocks'
   * new places in the expiry index. One command, so that none is written without the other.
   */
  record Expire(QueueState queue, List<Part> parts, List<ExpiryIndex.Move> moves)
      implements WriteCommand {

    @Override
    public void applyTo(WriterTurn turn) {
      turn.expire(this);
    }

    @Override
    public void finish(AppendOutcome outcome) {}

    @Override
    public boolean isAwaited() {
      return false;
    }

    @Override
    public long bytes() {
      return 0;
    }

    /** Of one block. */
    record Part(Block.Extent block, List<OffsetRange> ranges) {}
  }

  /** Counts what a removal takes out, turn by turn; the writer thread's. */
  final class Tally {
    private final Consumer<Removal> done;
    private long entries;

    Tally(Consumer<Removal> done) {
      this.done = Objects.requireNonNull(done, "done");
    }

    void add(long more) {
      entries += more;
    }
  }

  /** A document to write, or to remove when there is no value. */
  final class Document implements WriteCommand {
    private final byte[] key;
    private final byte @Nullable [] value;
    private final Consumer<AppendOutcome> done;

    Document(byte[] key, byte @Nullable [] value, Consumer<AppendOutcome> done) {
      this.key = key;
      this.value = value;
      this.done = Objects.requireNonNull(done, "done");
    }

    byte[] key() {
      return key;
    }

    byte @Nullable [] value() {
      return value;
    }

    @Override
    public void applyTo(WriterTurn turn) {
      turn.document(this);
    }

    @Override
    public void finish(AppendOutcome outcome) {
      done.accept(outcome);
    }

    @Override
    public boolean isAwaited() {
      return true;
    }

    @Override
    public long bytes() {
      byte[] bytes = value;
      return bytes == null ? 0 : bytes.length;
    }
  }
}
