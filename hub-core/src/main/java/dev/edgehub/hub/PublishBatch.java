package dev.edgehub.hub;

import dev.edgehub.message.Message;
import dev.edgehub.message.MessageCodec;
import dev.edgehub.metrics.HubMeters;
import dev.edgehub.routing.RouteTable;
import dev.edgehub.routing.RouteTarget;
import dev.edgehub.store.AppendBatch;
import java.util.List;

/**
 * Messages of one sender, routed as they are added, that become durable together. Used by one
 * thread, then handed to {@link EdgeHub#publish}. Route, priority and deadline are those of the
 * moment a message is added; later manifests do not change them.
 */
public final class PublishBatch {

  /** The sender sets no limit. */
  public static final long FOR_EVER = Long.MAX_VALUE;

  private final RouteTable routes;
  private final HubMeters meters;
  private final long nowMillis;
  private final AppendBatch entries = new AppendBatch();

  PublishBatch(RouteTable routes, HubMeters meters, long nowMillis) {
    this.routes = routes;
    this.meters = meters;
    this.nowMillis = nowMillis;
  }

  /**
   * Routes a message and adds it to the queues of its sinks.
   *
   * @return how many sinks will get it; 0 when no route takes it
   */
  public int add(Message message) {
    return add(message, FOR_EVER);
  }

  /**
   * Routes a message that its sender gives so long: the shorter of this and the time to live of
   * each route counts.
   *
   * @param timeToLiveMillis from now on, not negative; {@link #FOR_EVER} for what the routes say
   * @return how many sinks will get it; 0 when no route takes it
   */
  public int add(Message message, long timeToLiveMillis) {
    meters.received(message);
    List<RouteTarget> targets = routes.route(message);
    if (targets.isEmpty()) {
      meters.unrouted(message.source());
      return 0;
    }
    byte[] stored = MessageCodec.encode(message);
    long latest = timeToLiveMillis == FOR_EVER ? FOR_EVER : nowMillis + timeToLiveMillis;
    for (int i = 0; i < targets.size(); i++) {
      RouteTarget target = targets.get(i);
      long deadline = Math.min(latest, target.deadlineMillis(nowMillis));
      entries.add(target.queue(), deadline, stored, target.maxQueueBytes());
      meters.routed(target.route());
    }
    return targets.size();
  }

  /** Stores nothing of this batch while {@code before} is refused for want of room. */
  public void follow(PublishBatch before) {
    entries.follow(before.entries);
  }

  /** Whether nothing has to be stored. */
  public boolean isEmpty() {
    return entries.size() == 0;
  }

  /** Bytes to be stored. */
  public long bytes() {
    return entries.bytes();
  }

  AppendBatch entries() {
    return entries;
  }
}
