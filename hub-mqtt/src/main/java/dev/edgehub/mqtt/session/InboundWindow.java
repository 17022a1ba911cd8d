package dev.edgehub.mqtt.session;

import dev.edgehub.hub.EdgeHub;
import dev.edgehub.hub.PublishBatch;
import dev.edgehub.hub.PublishOutcome;
import dev.edgehub.message.Message;
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
  private final Owner owner;
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private @Nullable Batch open;

  /** The last batch that has something to be stored: the next one must not overtake it. */
  private @Nullable Batch latest;

  private long bytes;
  private boolean holding;

  /** What the window tells its session; called on the event loop. */
  interface Owner {
    /** The first {@code count} ids are stored; more may follow before {@link #settled}. */
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
    private boolean stored;

    Batch(PublishBatch messages) {
      this.messages = messages;
    }

    void add(int packetId) {
      if (idCount == ids.length) {
        ids = Arrays.copyOf(ids, Math.max(16, 2 * idCount));
      }
      ids[idCount++] = packetId;
    }
  }

  InboundWindow(EdgeHub hub, Executor eventLoop, Owner owner) {
    this.hub = hub;
    this.eventLoop = eventLoop;
    this.owner = owner;
  }

  /**
   * Takes a message into the open batch.
   *
   * @param packetId to be acknowledged, or 0
   */
  void add(Message message, int packetId) {
    Batch batch = open;
    if (batch == null) {
      batch = new Batch(hub.newBatch());
      open = batch;
    }
    batch.messages.add(message);
    batch.bytes += message.body().length + 64L;
    bytes += message.body().length + 64L;
    if (packetId != 0) {
      batch.add(packetId);
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
      batch.stored = true;
      acknowledge();
      return;
    }
    Batch before = latest;
    if (before != null && !before.stored) {
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
        batch.stored = true;
        acknowledge();
      }
      case FULL -> {
        batch.published = false;
        if (!holding) {
          holding = true;
          owner.full();
        }
      }
      case CLOSED -> owner.closed();
    }
  }

  private void acknowledge() {
    for (Batch head = batches.peek(); head != null && head.stored; head = batches.peek()) {
      batches.remove();
      bytes -= head.bytes;
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
      if (!batch.published && !batch.stored) {
        publish(batch);
      }
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
    return batches.stream().mapToInt(batch -> batch.idCount).sum();
  }
}
