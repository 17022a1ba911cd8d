package dev.edgehub.mqtt.testing;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Two well-behaved clients that talk without a pause: one publishes and waits for each PUBACK, the
 * other must receive just that message. What goes wrong comes out when it is asked or closed.
 */
public final class Canary implements AutoCloseable {

  /** The route that the hub needs. */
  public static final String ROUTE = Manifests.route("canary", "cage", "in1");

  private final WirePeer canary;
  private final WirePeer cage;
  private final AtomicLong served = new AtomicLong();
  private final Thread thread = new Thread(this::sing, "canary");
  private volatile @Nullable Throwable failure;
  private volatile boolean stopped;

  public Canary(int port) {
    cage = WirePeer.connected(port, "edge/cage");
    cage.subscribe("devices/edge/modules/cage/inputs/#", 1);
    canary = WirePeer.connected(port, "edge/canary");
    thread.setDaemon(true);
    thread.start();
  }

  private void sing() {
    try {
      for (int i = 0; !stopped; i++) {
        String tweet = "tweet " + i;
        canary.publish("devices/edge/modules/canary/messages/events/", 1 + i % 65_535, tweet);
        List<String> heard = cage.take(1);
        if (!heard.equals(List.of(tweet))) {
          throw new AssertionError("expected " + tweet + ", found " + heard);
        }
        served.incrementAndGet();
      }
    } catch (RuntimeException | AssertionError e) {
      failure = e;
    }
  }

  /** Waits until a message that is sent from now on has been acknowledged and delivered. */
  public void requireServed() {
    long before = served.get();
    Await.until(
        () -> "the canary to be served, after " + before,
        () -> served.get() > before + 1 || failure != null);
    Throwable thrown = failure;
    if (thrown != null) {
      throw new AssertionError("the canary was not served", thrown);
    }
  }

  /** Fails when it was not served all through. */
  @Override
  public void close() {
    try {
      requireServed();
    } finally {
      stopped = true;
      try {
        thread.join(20_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      canary.close();
      cage.close();
    }
  }
}
