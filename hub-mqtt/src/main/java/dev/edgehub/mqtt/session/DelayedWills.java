package dev.edgehub.mqtt.session;

import dev.edgehub.message.Identity;
import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Wills that wait for their client to come back (MQTT 5, 3.1.3.2.2), one per client. Any thread may
 * use it. They do not outlive the hub.
 */
final class DelayedWills {

  private final Map<String, Runnable> waiting = new ConcurrentHashMap<>();

  /** Publishes a will after a delay, unless {@link #clientIsBack} comes first. */
  void leave(Identity client, Runnable publish, long delaySeconds, EventExecutor timer) {
    // an object of its own, so that the timer of an earlier will does not take a later one
    Runnable will = () -> publish.run();
    waiting.put(client.id(), will);
    timer.schedule(
        () -> {
          if (waiting.remove(client.id(), will)) {
            will.run();
          }
        },
        delaySeconds,
        TimeUnit.SECONDS);
  }

  /**
   * A client has connected again.
   *
   * @param anew without its old session, whose will is published with its end
   */
  void clientIsBack(Identity client, boolean anew) {
    Runnable will = waiting.remove(client.id());
    if (will != null && anew) {
      will.run();
    }
  }
}
