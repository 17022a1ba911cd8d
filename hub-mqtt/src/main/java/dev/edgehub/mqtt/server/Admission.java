package dev.edgehub.mqtt.server;

import dev.edgehub.config.HubConfig;
import dev.edgehub.metrics.HubMeters;
import dev.edgehub.mqtt.session.ConnectionLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which connections are taken at all, over all listeners for clients: decided by what the kernel
 * knows of them, before a byte is read or TLS begins. Any thread.
 */
public final class Admission {

  /** Beyond the clients let in: those that come back before their old connection is seen dead. */
  private static final int LEAST_SPARE = 64;

  private final AcceptRate network;
  private final AcceptRate loopback;
  private final DescriptorReserve reserve;
  private final ConnectionLog log;
  private final HubMeters meters;
  private final int mostOpen;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger paused = new AtomicInteger();

  /**
   * An admission.
   *
   * @param nanos the monotonic clock
   */
  public Admission(
      HubConfig.Limits limits,
      Descriptors descriptors,
      ConnectionLog log,
      HubMeters meters,
      LongSupplier nanos) {
    this.network = new AcceptRate(limits.acceptRate(), limits.acceptBurst(), nanos);
    this.loopback = new AcceptRate(limits.acceptRateLoopback(), limits.acceptBurst(), nanos);
    this.reserve = new DescriptorReserve(descriptors);
    this.log = log;
    this.meters = meters;
    this.mostOpen = limits.connections() + Math.max(LEAST_SPARE, limits.connections() / 8);
  }

  /** Whether a connection is taken; if so {@link #released} must follow at its end. */
  boolean admits(SocketAddress remote) {
    if (remote instanceof InetSocketAddress peer && peer.getAddress() != null) {
      InetAddress address = peer.getAddress();
      if (!(address.isLoopbackAddress() ? loopback : network).admits(address)) {
        refuse("accept_rate", remote, "more connections from one address than limits.acceptRate");
        return false;
      }
    }
    if (open.incrementAndGet() > mostOpen) {
      open.decrementAndGet();
      refuse("too_many", remote, "limits.connections is reached and more are waiting");
      return false;
    }
    reserve.taken();
    return true;
  }

  private void refuse(String reason, SocketAddress remote, String why) {
    meters.clientRefused(reason);
    log.warn(reason, "A connection was closed unread remote={} why=\"{}\"", remote, why);
  }

  /** How many connections are open, let in by CONNECT or not; any thread. */
  public int open() {
    return open.get();
  }

  void released() {
    open.decrementAndGet();
  }

  /** Whether a listener should leave connections waiting in the kernel. */
  boolean mustPause() {
    return reserve.isTouched();
  }

  void pausing(String why) {
    paused.incrementAndGet();
    log.warn("descriptors", "New connections wait why=\"{}\"", why);
  }

  void resumed() {
    paused.decrementAndGet();
  }

  /** What a person should look at, one sentence; null when all is well. */
  public @Nullable String problem() {
    return paused.get() > 0
        ? "new connections wait: file descriptors are nearly used up; raise the limit (ulimit -n)"
            + " or lower limits.connections"
        : null;
  }
}
