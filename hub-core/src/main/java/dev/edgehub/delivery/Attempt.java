package dev.edgehub.delivery;

import dev.edgehub.message.Message;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.QueueStore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One attempt of a pump; answered from any thread. */
final class Attempt implements Delivery {

  private final SinkId sink;
  private final Lane lane;
  private final QueuedMessage queued;
  private final int attachment;
  private final long order;
  private final long startedNanos;
  private final QueueStore store;
  private final Consumer<Attempt> answered;
  private final AtomicBoolean completed = new AtomicBoolean();
  private volatile @Nullable DeliveryOutcome outcome;

  /**
   * An attempt that begins.
   *
   * @param attachment of which link
   * @param order grows from attempt to attempt
   * @param store of the queue, for its time
   * @param answered told once it has its outcome, on the thread that gave it
   */
  Attempt(
      SinkId sink,
      Lane lane,
      QueuedMessage queued,
      int attachment,
      long order,
      long startedNanos,
      QueueStore store,
      Consumer<Attempt> answered) {
    this.sink = sink;
    this.lane = lane;
    this.queued = queued;
    this.attachment = attachment;
    this.order = order;
    this.startedNanos = startedNanos;
    this.store = store;
    this.answered = answered;
  }

  Lane lane() {
    return lane;
  }

  QueuedMessage queued() {
    return queued;
  }

  int attachment() {
    return attachment;
  }

  long order() {
    return order;
  }

  long startedNanos() {
    return startedNanos;
  }

  /** Null until it is answered. */
  @Nullable DeliveryOutcome outcome() {
    return outcome;
  }

  boolean isOfSameMessage(Attempt other) {
    return lane.queue().equals(other.lane.queue()) && queued.offset() == other.queued.offset();
  }

  @Override
  public Message message() {
    return queued.message();
  }

  @Override
  public SinkId sink() {
    return sink;
  }

  @Override
  public long remainingMillis() {
    long deadline = queued.deadlineMillis();
    return deadline == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, deadline - store.nowMillis());
  }

  @Override
  public boolean repeated() {
    return queued.tried();
  }

  @Override
  public void complete(DeliveryOutcome how) {
    if (completed.compareAndSet(false, true)) {
      outcome = how;
      answered.accept(this);
    }
  }
}
