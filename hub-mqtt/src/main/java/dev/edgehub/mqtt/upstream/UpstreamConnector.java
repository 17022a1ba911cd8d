package dev.edgehub.mqtt.upstream;

import dev.edgehub.config.HubConfig;
import dev.edgehub.config.HubConfig.UpstreamType;
import dev.edgehub.delivery.Delivery;
import dev.edgehub.delivery.DeliveryOutcome;
import dev.edgehub.delivery.RetryPolicy;
import dev.edgehub.delivery.Sink;
import dev.edgehub.delivery.SinkDirectory;
import dev.edgehub.message.Identity;
import dev.edgehub.metrics.HubMeters;
import dev.edgehub.thread.SerialExecutor;
import dev.edgehub.thread.Timer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connection to upstream, for ever: whatever ends it, it is tried again after a back-off
 * with jitter. The hub's own connection (the anchor) says whether upstream can be reached; while it
 * is down the sink is detached and messages wait in their queue. To a plain broker the anchor also
 * carries the messages; to a parent hub each sender has a connection of its own, made when its
 * first message is due.
 */
public final class UpstreamConnector implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(UpstreamConnector.class);

  private static final long FIRST_WAIT_MILLIS = 250;
  private static final long MOST_WAIT_MILLIS = 10_000;

  private final HubConfig config;
  private final SinkDirectory sinks;
  private final HubMeters meters;
  private final Timer timer;
  private final InstantSource clock;
  private final Executor executor;
  private final RetryPolicy retry;
  private final UpstreamAddress address;
  private final UpstreamLink anchor;
  private final Map<String, UpstreamLink> senders = new HashMap<>();
  private final Map<UpstreamLink, Integer> failures = new HashMap<>();
  private boolean reachable;
  private boolean closed;
  private long lostMillis;
  private volatile UpstreamStatus status;

  /**
   * A connector that is not yet connecting.
   *
   * @param config with an upstream
   */
  public UpstreamConnector(
      HubConfig config,
      SinkDirectory sinks,
      HubMeters meters,
      Executor pool,
      Timer timer,
      InstantSource clock,
      RandomGenerator random) {
    this.config = config;
    this.sinks = sinks;
    this.meters = meters;
    this.timer = timer;
    this.clock = clock;
    this.executor = new SerialExecutor(pool);
    this.retry = new RetryPolicy(FIRST_WAIT_MILLIS, MOST_WAIT_MILLIS, random);
    this.address = new UpstreamAddress(config.upstream());
    this.status = new UpstreamStatus("connecting", clock.millis(), null, 0);
    this.lostMillis = clock.millis();
    this.anchor = newAnchor();
  }

  private UpstreamLink newAnchor() {
    if (toParent()) {
      return newLink(new Identity.Device(config.deviceId()));
    }
    return new UpstreamLink(
        address,
        config.deviceId(),
        config.upstream().username(),
        config.upstream().password(),
        executor,
        new Watch());
  }

  private UpstreamLink newLink(Identity identity) {
    String userName = config.iotHub() + "/" + identity.id() + "/?api-version=2021-04-12";
    return new UpstreamLink(
        address, identity.id(), userName, config.upstream().password(), executor, new Watch());
  }

  private boolean toParent() {
    return config.upstream().type() == UpstreamType.HUB;
  }

  /** Begins to connect; returns at once. */
  public void start() {
    executor.execute(anchor::connect);
  }

  public UpstreamStatus status() {
    return status;
  }

  private UpstreamLink linkFor(Identity sender) {
    boolean own = toParent() && !sender.id().equals(anchor.clientId());
    return own ? senders.computeIfAbsent(sender.id(), id -> newLink(sender)) : anchor;
  }

  /** A link to upstream for as long as the anchor stays up. */
  private final class Reachable implements Sink {
    @Override
    public void deliver(List<Delivery> batch) {
      executor.execute(
          () -> {
            for (Delivery delivery : batch) {
              if (reachable) {
                linkFor(delivery.message().source().sender()).deliver(delivery);
              } else {
                delivery.complete(DeliveryOutcome.GONE);
              }
            }
          });
    }
  }

  /** Follows the links' ups and downs. */
  private final class Watch implements UpstreamLink.Owner {

    @Override
    public void up(UpstreamLink link) {
      failures.remove(link);
      if (link == anchor) {
        reachable();
      }
    }

    @Override
    public void down(UpstreamLink link, String why) {
      if (closed) {
        return;
      }
      int count = failures.merge(link, 1, Integer::sum);
      long wait = retry.waitMillis(count);
      if (link == anchor) {
        unreachable(why, wait);
        timer.after(wait, () -> executor.execute(this::connectAnchor));
      } else {
        refused(link, why, count);
      }
    }

    private void connectAnchor() {
      if (!closed) {
        anchor.connect();
      }
    }
  }

  private void reachable() {
    reachable = true;
    failures.clear();
    long now = clock.millis();
    meters.upstreamBack(Math.max(0, now - lostMillis));
    status = new UpstreamStatus("connected", now, null, 0);
    sinks.upstream(new Reachable());
    log.info("Upstream is connected address={}", address);
  }

  private void unreachable(String why, long waitMillis) {
    long now = clock.millis();
    if (reachable) {
      reachable = false;
      lostMillis = now;
      meters.upstreamLost();
      sinks.upstream(null);
      log.warn(
          "Upstream is gone; messages wait in their queue address={} why=\"{}\"", address, why);
      senders.values().forEach(UpstreamLink::close);
      senders.clear();
    } else if (!why.equals(status.lastError())) {
      log.warn("Upstream cannot be reached; trying on address={} why=\"{}\"", address, why);
    }
    anchor.giveBack(DeliveryOutcome.GONE);
    status = new UpstreamStatus("waiting", lostMillis, why, now + waitMillis);
  }

  /** One sender's connection is down while upstream can be reached. */
  private void refused(UpstreamLink link, String why, int count) {
    if (count == 1) {
      log.warn("Upstream ended a sender's connection id={} why=\"{}\"", link.clientId(), why);
    }
    link.giveBack(
        count == 1
            ? DeliveryOutcome.GONE
            : new DeliveryOutcome.Unwelcome(link.clientId() + ": " + why));
  }

  /** Closes every connection and stops trying. */
  @Override
  public void close() {
    executor.execute(
        () -> {
          closed = true;
          reachable = false;
          sinks.upstream(null);
          senders.values().forEach(UpstreamLink::close);
          anchor.close();
        });
  }
}
