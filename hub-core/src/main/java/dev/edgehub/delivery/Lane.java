package dev.edgehub.delivery;

import dev.edgehub.deadletter.DeadLetter;
import dev.edgehub.deadletter.DeadLetters;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageCodec;
import dev.edgehub.message.SinkId;
import dev.edgehub.message.UnreadableMessageException;
import dev.edgehub.store.Disposition;
import dev.edgehub.store.Entry;
import dev.edgehub.store.OffsetRange;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueReader;
import dev.edgehub.store.QueueStore;
import dev.edgehub.store.Removal;
import dev.edgehub.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One priority of one sink: what was read ahead from its queue, what has to be tried again, and
 * what is to be confirmed. Belongs to the pump's executor, but for {@link #appended}.
 */
final class Lane implements AutoCloseable {

  private static final int READ_AHEAD_ENTRIES = 256;
  private static final int READ_AHEAD_BYTES = 256 << 10;

  private final SinkId sink;
  private final QueueId queue;
  private final QueueStore store;
  private final DeliveryListener listener;
  private final Runnable wake;
  private final QueueReader reader;
  private final Sweeps sweeps;
  private final ArrayDeque<QueuedMessage> ready = new ArrayDeque<>();
  private final TreeMap<Long, QueuedMessage> again = new TreeMap<>();
  private final ConfirmedOffsets delivered = new ConfirmedOffsets();
  private final ConfirmedOffsets expired = new ConfirmedOffsets();
  private final ConfirmedOffsets dropped = new ConfirmedOffsets();
  private final Burials burials;
  private final Set<QueuedMessage> underWay = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Everything below it that is not under way has been dropped by an operator. */
  private long purgedEnd;

  private @Nullable String trouble;

  /** No message that was read and is still here expires earlier. */
  private long earliest = Alarm.NEVER;

  /** Whether news of a commit is of use: only when everything known has been read. */
  private volatile boolean drained = true;

  Lane(
      SinkId sink,
      int priority,
      QueueStore store,
      DeadLetters deadLetters,
      DeliveryListener listener,
      Runnable wake) {
    this.sink = sink;
    this.queue = new QueueId(sink.name(), priority);
    this.store = store;
    this.listener = listener;
    this.wake = wake;
    this.burials = new Burials(sink, queue, store, deadLetters, listener, wake);
    this.reader = store.reader(queue, this::appended);
    this.sweeps = new Sweeps(reader, this::swept);
  }

  int priority() {
    return queue.priority();
  }

  /** Runs on the store's writer thread. */
  private void appended() {
    Sweeps known = sweeps; // null while the constructor runs
    if (drained || known == null || known.isNews()) {
      wake.run();
    }
  }

  /** The message to deliver next, whether or not it is still in time; null when there is none. */
  @Nullable QueuedMessage head() {
    if (!again.isEmpty()) {
      return again.firstEntry().getValue();
    }
    if (ready.isEmpty()) {
      readAhead();
    }
    return ready.peekFirst();
  }

  /** Nothing is delivered for now: news of a commit is of no use before {@link #head} is asked. */
  void rest() {
    drained = false;
  }

  /** Takes out what has expired, wherever it lies; true when there may be more of it. */
  boolean expire(long now) {
    if (earliest <= now) {
      earliest = Alarm.NEVER;
      again.values().removeIf(message -> expireHeld(message, now));
      ready.removeIf(message -> expireHeld(message, now));
    }
    return sweeps.run(now);
  }

  private boolean expireHeld(QueuedMessage message, long now) {
    if (message.expired(now)) {
      expired(message);
      return true;
    }
    earliest = Math.min(earliest, message.deadlineMillis());
    return false;
  }

  /** The store has taken it out already. */
  private void swept(Entry entry) {
    Message message = null;
    try {
      message = MessageCodec.decode(entry.body());
    } catch (UnreadableMessageException e) {
      // expired all the same; whose it was cannot be said
    }
    listener.expired(sink, priority(), message);
  }

  /** When something may expire; {@link Alarm#NEVER} when nothing does. */
  long nextDeadline() {
    return Math.min(earliest, sweeps.next());
  }

  /** Reads until there is a message or nothing more: entries that are none are passed over. */
  private void readAhead() {
    List<Entry> entries = List.of();
    do {
      if (burials.areStuck()) {
        return; // what is read on might have to wait with them, and they are many already
      }
      // before the read: a commit that the read does not see must wake the pump
      drained = true;
      entries = read();
      entries.forEach(this::takeIn);
    } while (ready.isEmpty() && !entries.isEmpty());
    drained = ready.isEmpty();
  }

  private void takeIn(Entry entry) {
    if (entry.offset() < purgedEnd) {
      return; // read while the store was still dropping it
    }
    try {
      ready.add(
          new QueuedMessage(
              entry.offset(),
              entry.enqueuedMillis(),
              entry.deadlineMillis(),
              MessageCodec.decode(entry.body()),
              entry.body().length,
              0));
      earliest = Math.min(earliest, entry.deadlineMillis());
    } catch (UnreadableMessageException e) {
      burials.unreadable(entry, "" + e.getMessage());
    }
  }

  private List<Entry> read() {
    try {
      List<Entry> entries = reader.read(READ_AHEAD_ENTRIES, READ_AHEAD_BYTES);
      trouble = null;
      return entries;
    } catch (StoreException e) {
      trouble = "the queue " + queue + " cannot be read: " + e.getMessage();
      return List.of();
    }
  }

  /** Why the lane is stuck; null when it is not. */
  @Nullable String trouble() {
    String sweeping = sweeps.trouble();
    if (trouble != null || sweeping == null) {
      return trouble == null ? burials.trouble() : trouble;
    }
    return "the queue " + queue + " cannot be swept: " + sweeping;
  }

  /** Takes the head off; only after {@link #head} returned it. */
  void take() {
    if (!again.isEmpty()) {
      again.pollFirstEntry();
    } else {
      ready.removeFirst();
    }
  }

  /** An attempt with a message that was taken off begins. */
  void begin(QueuedMessage message) {
    underWay.add(message);
  }

  void tryAgain(QueuedMessage message) {
    underWay.remove(message);
    if (message.offset() < purgedEnd) {
      dropped.add(message.offset());
    } else {
      again.put(message.offset(), message.afterAttempt());
      earliest = Math.min(earliest, message.deadlineMillis());
    }
  }

  void delivered(QueuedMessage message) {
    underWay.remove(message);
    delivered.add(message.offset());
  }

  void expired(QueuedMessage message) {
    expired.add(message.offset());
    listener.expired(sink, priority(), message.message());
  }

  void deadLetter(QueuedMessage message, DeadLetter.Cause cause, String why) {
    underWay.remove(message);
    burials.add(message, cause, why);
  }

  /** Gives a message up that was to be tried again; one dropped in the meantime is left alone. */
  void giveUp(QueuedMessage message, String why) {
    QueuedMessage kept = again.remove(message.offset());
    if (kept != null) {
      burials.add(message, DeadLetter.Cause.POISON, why);
    }
  }

  /**
   * Drops everything that is in the queue now. What is under way goes when its attempt fails, and
   * is delivered when it does not.
   *
   * @param done told once how many were dropped, on the store's writer thread
   */
  void purge(Consumer<Removal> done) {
    confirm();
    purgedEnd = store.stats(queue).appended(); // may fail; then nothing is forgotten either
    ready.clear();
    again.clear();
    List<OffsetRange> ranges = new ArrayList<>();
    long from = 0;
    for (long kept : underWay.stream().mapToLong(QueuedMessage::offset).sorted().toArray()) {
      if (from < kept) {
        ranges.add(new OffsetRange(from, kept));
      }
      from = kept + 1;
    }
    if (from < purgedEnd) {
      ranges.add(new OffsetRange(from, purgedEnd));
    }
    store.remove(queue, ranges, Disposition.DROPPED, done);
  }

  /** Hands over what was gathered since the last call. */
  void confirm() {
    confirm(delivered, Disposition.DELIVERED);
    confirm(expired, Disposition.EXPIRED);
    confirm(dropped, Disposition.DROPPED);
    burials.handOver();
  }

  private void confirm(ConfirmedOffsets offsets, Disposition why) {
    if (!offsets.isEmpty()) {
      store.confirm(queue, offsets.drain(), why);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
