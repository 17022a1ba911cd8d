package dev.edgehub.delivery;

import dev.edgehub.message.MessageCodec;
import dev.edgehub.message.SinkId;
import dev.edgehub.message.UnreadableMessageException;
import dev.edgehub.store.Disposition;
import dev.edgehub.store.Entry;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueReader;
import dev.edgehub.store.QueueStore;
import dev.edgehub.store.SteadyTime;
import dev.edgehub.store.StoreException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;
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
  private final SteadyTime clock;
  private final DeliveryListener listener;
  private final Runnable wake;
  private final QueueReader reader;
  private final ArrayDeque<QueuedMessage> ready = new ArrayDeque<>();
  private final TreeMap<Long, QueuedMessage> again = new TreeMap<>();
  private final ConfirmedOffsets delivered = new ConfirmedOffsets();
  private final ConfirmedOffsets expired = new ConfirmedOffsets();
  private final ConfirmedOffsets dropped = new ConfirmedOffsets();

  private @Nullable String trouble;

  /** Whether news of a commit is of use: only when everything known has been read. */
  private volatile boolean drained = true;

  Lane(
      SinkId sink,
      int priority,
      QueueStore store,
      SteadyTime clock,
      DeliveryListener listener,
      Runnable wake) {
    this.sink = sink;
    this.queue = new QueueId(sink.name(), priority);
    this.store = store;
    this.clock = clock;
    this.listener = listener;
    this.wake = wake;
    this.reader = store.reader(queue, this::appended);
  }

  int priority() {
    return queue.priority();
  }

  /** Runs on the store's writer thread. */
  private void appended() {
    if (drained) {
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

  /**
   * The message to deliver next, of those already read. Unlike {@link #head} it reads nothing: what
   * is read is no news to {@link #appended} any more, so only who goes on to deliver may read.
   */
  @Nullable QueuedMessage known() {
    return again.isEmpty() ? ready.peekFirst() : again.firstEntry().getValue();
  }

  /** Reads until there is a message or nothing more: entries that are none are passed over. */
  private void readAhead() {
    List<Entry> entries;
    do {
      // before the read: a commit that the read does not see must wake the pump
      drained = true;
      entries = read();
      entries.forEach(this::takeIn);
    } while (ready.isEmpty() && !entries.isEmpty());
    drained = ready.isEmpty();
  }

  private void takeIn(Entry entry) {
    try {
      ready.add(
          new QueuedMessage(
              entry.offset(),
              clock.ofWall(entry.enqueuedMillis()),
              clock.ofWall(entry.deadlineMillis()),
              MessageCodec.decode(entry.body()),
              entry.body().length,
              false));
    } catch (UnreadableMessageException e) {
      listener.unreadable(sink, priority(), "offset " + entry.offset() + ": " + e.getMessage());
      dropped.add(entry.offset());
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

  /** Why the last read failed; null when it did not. */
  @Nullable String trouble() {
    return trouble;
  }

  /** Takes the head off; only after {@link #head} returned it. */
  void take() {
    if (!again.isEmpty()) {
      again.pollFirstEntry();
    } else {
      ready.removeFirst();
    }
  }

  void tryAgain(QueuedMessage message) {
    again.put(message.offset(), message);
  }

  void delivered(QueuedMessage message) {
    delivered.add(message.offset());
  }

  void expired(QueuedMessage message) {
    expired.add(message.offset());
    listener.expired(sink, priority(), message.message());
  }

  void refused(QueuedMessage message, String why) {
    dropped.add(message.offset());
    listener.refused(sink, priority(), message.message(), why);
  }

  /** Hands over what was gathered since the last call. */
  void confirm() {
    confirm(delivered, Disposition.DELIVERED);
    confirm(expired, Disposition.EXPIRED);
    confirm(dropped, Disposition.DROPPED);
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
