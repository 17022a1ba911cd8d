package dev.edgehub.mqtt.session;

import dev.edgehub.hub.EdgeHub;
import dev.edgehub.hub.PublishBatch;
import dev.edgehub.hub.PublishOutcome;
import dev.edgehub.message.Message;
import dev.edgehub.mqtt.wire.Packet;
import dev.edgehub.mqtt.wire.Reason;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a client has published and is waiting to be stored: one batch per read, acknowledged in the
 * order of its PUBLISHes (MQTT-4.6.0-2). While the store is full, batches are held and published
 * again in order. Belongs to the channel's event loop.
 */
final class InboundWindow {

  private static final int[] NO_IDS = {};

  private final EdgeHub hub;
  private final Executor eventLoop;
  private final Reason unrouted;
  private final Owner owner;
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private @Nullable Batch open;

  /** The last batch that has something to be stored: the next one must not overtake it. */
  private @Nullable Batch latest;

  private long bytes;
  private int unacknowledged;
  private boolean holding;

  /** What the window tells its session; called on the event loop. */
  interface Owner {
    /**
     * The first {@code count} ids are stored, or refused for the reason above their 16 bits; more
     * may follow before {@link #settled}.
     */
    void stored(int[] packetIds, int count);

    /** Something changed: acknowledgements were given, or bytes became fewer. */
    void settled();

    /** There is no room: call {@link InboundWindow#retry} in a while. */
    void full();

    /** The hub does not store any more. */
    void closed();
  }

  /** One read's messages. */
  private static final class Batch {
    private final PublishBatch messages;
    private int[] ids = NO_IDS;
    private int idCount;
    private long bytes;
    private boolean published;

    /** Stored, or refused: in either case there is nothing more to come. */
    private boolean settled;

    /** Not to be kept when the store has no room for it. */
    private boolean givenUp;

    Batch(PublishBatch messages) {
      this.messages = messages;
    }

    void add(int packetId, Reason reason) {
      if (idCount == ids.length) {
        ids = Arrays.copyOf(ids, Math.max(16, 2 * idCount));
      }
      ids[idCount++] = Packet.PubAcks.of(packetId, reason);
    }
  }

  /**
   * A window for one connection.
   *
   * @param unrouted how a message is acknowledged that no route takes
   */
  InboundWindow(EdgeHub hub, Executor eventLoop, Reason unrouted, Owner owner) {
    this.unrouted = unrouted;
    this.hub = hub;
    this.eventLoop = eventLoop;
    this.owner = owner;
  }

  /**
   * Takes a message into the open batch.
   *
   * @param packetId to be acknowledged, or 0
   * @param timeToLiveMillis as the sender says, {@link PublishBatch#FOR_EVER} when it does not
   */
  void add(Message message, int packetId, long timeToLiveMillis) {
    Batch batch = openBatch();
    int sinks = batch.messages.add(message, timeToLiveMillis);
    batch.bytes += message.body().length + 64L;
    bytes += message.body().length + 64L;
    acknowledge(batch, packetId, sinks == 0 ? unrouted : Reason.SUCCESS);
  }

  /**
   * Acknowledges in its turn what is not stored.
   *
   * @param packetId to be acknowledged, or 0
   */
  void addWithout(int packetId, Reason reason) {
    acknowledge(openBatch(), packetId, reason);
  }

  private Batch openBatch() {
    Batch batch = open;
    if (batch == null) {
      batch = new Batch(hub.newBatch());
      open = batch;
    }
    return batch;
  }

  private void acknowledge(Batch batch, int packetId, Reason reason) {
    if (packetId != 0) {
      batch.add(packetId, reason);
      unacknowledged++;
    }
  }

  /** Publishes the open batch, if any; called at the end of each read. */
  void flush() {
    Batch batch = open;
    if (batch == null) {
      return;
    }
    open = null;
    batches.add(batch);
    if (batch.messages.isEmpty()) {
      batch.settled = true;
      acknowledge();
      return;
    }
    Batch before = latest;
    if (before != null && !before.settled) {
      batch.messages.follow(before.messages);
    }
    latest = batch;
    if (!holding) {
      publish(batch);
    }
  }

  private void publish(Batch batch) {
    batch.published = true;
    hub.publish(batch.messages, outcome -> eventLoop.execute(() -> answered(batch, outcome)));
  }

  private void answered(Batch batch, PublishOutcome outcome) {
    switch (outcome) {
      case STORED -> {
        batch.settled = true;
        acknowledge();
      }
      case FULL -> {
        batch.published = false;
        if (batch.givenUp) {
          refuse(batch);
          acknowledge();
        } else if (!holding) {
          holding = true;
          owner.full();
        }
      }
      case CLOSED -> owner.closed();
    }
  }

  /** Acknowledges, in order, what is settled; the owner flushes. */
  void acknowledge() {
    for (Batch head = batches.peek(); head != null && head.settled; head = batches.peek()) {
      batches.remove();
      bytes -= head.bytes;
      unacknowledged -= head.idCount;
      if (head.idCount > 0) {
        owner.stored(head.ids, head.idCount);
      }
    }
    owner.settled();
  }

  /** Publishes again, in order, what was held. */
  void retry() {
    holding = false;
    for (Batch batch : batches) {
      if (!batch.published && !batch.settled) {
        publish(batch);
      }
    }
  }

  /**
   * Refuses whatever is held, in order, because it has become too much; what the store is judging
   * just now is refused if it comes back. Its bytes are no longer counted.
   *
   * @return whether there was anything to refuse
   */
  boolean refuseHeld() {
    boolean any = false;
    for (Batch batch : batches) {
      if (batch.published) {
        batch.givenUp = true;
      } else if (!batch.settled) {
        refuse(batch);
        any = true;
      }
    }
    // what comes now follows nothing that will never be stored
    latest = null;
    return any;
  }

  private void refuse(Batch batch) {
    batch.settled = true;
    bytes -= batch.bytes;
    batch.bytes = 0;
    for (int i = 0; i < batch.idCount; i++) {
      batch.ids[i] = Packet.PubAcks.of(batch.ids[i] & 0xffff, Reason.QUOTA_EXCEEDED);
    }
  }

  /** Whether the store is full and batches are held. */
  boolean holding() {
    return holding;
  }

  /** Bytes published by the client and not yet stored. */
  long bytes() {
    return bytes;
  }

  /** Messages without an acknowledgement. */
  int unacknowledged() {
    return unacknowledged;
  }
}
