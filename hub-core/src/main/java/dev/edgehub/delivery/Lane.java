package dev.edgehub.delivery;

import dev.edgehub.deadletter.DeadLetter;
import dev.edgehub.message.Identity;
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
 * One queue of a sink: what was read ahead from it, what has to be tried again, and what is to be
 * confirmed. Belongs to the pump's executor, but for {@link #appended}.
 */
final class Lane implements AutoCloseable {

  private static final int READ_AHEAD_ENTRIES = 256;
  private static final int READ_AHEAD_BYTES = 256 << 10;

  private final SinkId sink;
  private final QueueId queue;
  private final QueueStore store;
  private final DeliveryListener listener;
  private final Runnable wake;
  private final Bookmark start;
  private final Detour detour;
  private final QueueReader reader;
  private final Sweeps sweeps;
  private final ArrayDeque<QueuedMessage> ready = new ArrayDeque<>();
  private final TreeMap<Long, QueuedMessage> again = new TreeMap<>();
  private final ConfirmedOffsets delivered = new ConfirmedOffsets();
  private final ConfirmedOffsets expired = new ConfirmedOffsets();
  private final ConfirmedOffsets dropped = new ConfirmedOffsets();
  private final Burials burials;
  private final Transfers transfers;
  private final Set<QueuedMessage> underWay = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Everything below it that is not under way has been dropped by an operator. */
  private long purgedEnd;

  /** Everything below it was read. */
  private long readEnd;

  /** Nothing beyond it was handed out or has expired. */
  private long leftEnd;

  /** Whether the last read found nothing more. */
  private boolean readAll;

  private @Nullable String trouble;

  /** No message that was read and is still here expires earlier. */
  private long earliest = Alarm.NEVER;

  /** Whether news of a commit is of use: only when everything known has been read. */
  private volatile boolean drained = true;

  /**
   * A lane that has read nothing yet.
   *
   * @param start where an earlier lane of this queue stopped
   * @param detour may take messages out of its way
   */
  Lane(Surroundings at, QueueId queue, Bookmark start, Detour detour) {
    this.sink = at.sink();
    this.queue = queue;
    this.store = at.store();
    this.listener = at.listener();
    this.wake = at.wake();
    this.start = start;
    this.detour = detour;
    this.burials = new Burials(sink, queue, store, at.deadLetters(), listener, wake);
    this.transfers = new Transfers(queue, store, detour, wake);
    this.reader = store.reader(queue, this::appended);
    this.sweeps = new Sweeps(reader, this::swept);
  }

  QueueId queue() {
    return queue;
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
    if (!detour.hasRoom()) {
      return null;
    }
    QueuedMessage head = next();
    while (head != null && transfers.takes(head)) {
      take();
      head = next();
    }
    return head;
  }

  private @Nullable QueuedMessage next() {
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
    readAll = false;
  }

  /** Takes out what has expired, wherever it lies; true when there may be more of it. */
  boolean expire(long now) {
    if (earliest <= now) {
      earliest = Alarm.NEVER;
      again.values().removeIf(message -> expireHeld(message, now));
      ready.removeIf(message -> expireHeld(message, now));
      transfers.removeIf(message -> expireHeld(message, now));
    }
    return sweeps.run(now);
  }

  private boolean expireHeld(QueuedMessage message, long now) {
    if (message.expired(now)) {
      leftEnd = Math.max(leftEnd, message.offset() + 1);
      expired(message);
      return true;
    }
    earliest = Math.min(earliest, message.deadlineMillis());
    return false;
  }

  /** The store has taken it out already. */
  private void swept(Entry entry) {
    if (start.hasLeft(entry.offset())) {
      return; // it was delivered a moment ago
    }
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
      if (burials.areStuck() || transfers.areStuck()) {
        return; // what is read on might have to wait with them, and they are many already
      }
      // before the read: a commit that the read does not see must wake the pump
      drained = true;
      entries = read();
      entries.forEach(this::takeIn);
    } while (ready.isEmpty() && !entries.isEmpty());
    drained = ready.isEmpty();
    readAll = drained && trouble == null;
  }

  private void takeIn(Entry entry) {
    readEnd = entry.offset() + 1;
    if (entry.offset() < purgedEnd || start.hasLeft(entry.offset())) {
      return; // read while the store was still taking it out
    }
    try {
      ready.add(
          new QueuedMessage(
              entry.offset(),
              entry.enqueuedMillis(),
              entry.deadlineMillis(),
              MessageCodec.decode(entry.body()),
              entry.body().length,
              start.attempts(entry.offset())));
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
    if (trouble == null && sweeping != null) {
      return "the queue " + queue + " cannot be swept: " + sweeping;
    }
    String burying = trouble == null ? burials.trouble() : trouble;
    return burying == null ? transfers.trouble() : burying;
  }

  /** Takes the head off; only after {@link #head} returned it. */
  void take() {
    if (!again.isEmpty()) {
      again.pollFirstEntry();
    } else {
      leftEnd = Math.max(leftEnd, ready.removeFirst().offset() + 1);
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

  /** How many attempts await their answers. */
  int underWay() {
    return underWay.size();
  }

  private boolean isUnderWay(Identity sender) {
    return underWay.stream().anyMatch(message -> message.sender().equals(sender));
  }

  /** Whether an attempt or a move with a message of that sender is under way. */
  boolean isBusyWith(Identity sender) {
    return isUnderWay(sender) || transfers.isMoving(sender);
  }

  /** Takes back what was held of a sender that is no longer parked. */
  void welcome(Identity sender) {
    for (QueuedMessage message : transfers.release(sender)) {
      again.put(message.offset(), message);
    }
  }

  /** Whether everything has been read and is under way, or has left. */
  boolean isHandedOut() {
    return readAll && ready.isEmpty() && again.isEmpty() && trouble() == null;
  }

  /** Whether nothing is under way, neither to the sink nor to another queue. */
  boolean isStill() {
    return underWay.isEmpty() && burials.areDone();
  }

  /** Where another lane goes on when this one, which is still, is closed. */
  Bookmark bookmark() {
    Bookmark bookmark = start.at(Math.max(readEnd, purgedEnd), Math.max(leftEnd, purgedEnd));
    again.values().forEach(bookmark::owed);
    ready.forEach(bookmark::owed);
    return bookmark;
  }

  /** Runs something when nothing is on its way between two queues: at once, or in a later turn. */
  void whenStill(Runnable action) {
    transfers.whenStill(action);
  }

  /**
   * Drops everything that is in the queue now. What is under way goes when its attempt fails, and
   * is delivered when it does not.
   *
   * @param done told once how many were dropped, on the store's writer thread
   */
  void purge(Consumer<Removal> done) {
    handOver();
    purgedEnd = store.stats(queue).appended(); // may fail; then nothing is forgotten either
    ready.clear();
    again.clear();
    transfers.removeIf(message -> true);
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
    handOver();
    again.values().removeIf(transfers::takes); // what is older must not be moved later
    transfers.handOver(this::isUnderWay);
  }

  private void handOver() {
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
