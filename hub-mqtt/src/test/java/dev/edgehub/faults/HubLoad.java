package dev.edgehub.faults;

import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Clients that go on whatever happens to the hub, and remember what they were promised. */
final class HubLoad implements AutoCloseable {

  private static final int WINDOW = 32;

  /** Of each sender's messages every third takes the urgent output. */
  private static final int URGENT = 3;

  private final int port;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;
  private volatile boolean dark;

  HubLoad(int port) {
    this.port = port;
  }

  private void run(Runnable client, String name) {
    Thread thread = new Thread(client, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** As when the power goes: whatever the hub still says is heard by nobody, until it is back. */
  void dark(boolean now) {
    dark = now;
  }

  /** A connected peer, as soon as the hub is there; null when the load has ended. */
  private @Nullable WirePeer connect(String id) {
    while (!closed) {
      if (dark) {
        LockSupport.parkNanos(5_000_000);
        continue;
      }
      try {
        WirePeer peer = new WirePeer(port);
        peer.send(Packets.connect(id, false, 0));
        WirePeer.Received answer = peer.receiveOrEnd();
        if (answer != null && answer.type() == 2 && answer.body()[1] == 0) {
          return peer;
        }
        peer.close();
      } catch (UncheckedIOException e) {
        // not there yet
      }
      LockSupport.parkNanos(5_000_000);
    }
    return null;
  }

  /**
   * Publishes the numbers from 0 on, in order, with a window; repeats what was not acknowledged.
   */
  final class Sender implements Runnable {
    private final String module;
    private final ArrayDeque<Integer> unacknowledged = new ArrayDeque<>();
    private volatile int acknowledged;
    private volatile boolean stopped;
    private int next;

    Sender(String module) {
      this.module = module;
    }

    Sender start() {
      HubLoad.this.run(this, module);
      return this;
    }

    /** How many are acknowledged: all numbers below it. */
    int acknowledged() {
      return acknowledged;
    }

    /** Publishes nothing new. */
    void stop() {
      stopped = true;
    }

    @Override
    public void run() {
      while (!closed) {
        try (WirePeer peer = connect("edge/" + module)) {
          if (peer != null) {
            unacknowledged.forEach(number -> publish(peer, number));
            serve(peer);
          }
        } catch (UncheckedIOException e) {
          // the hub was killed: connect again
        }
      }
    }

    private void serve(WirePeer peer) {
      while (!closed) {
        while (!stopped && unacknowledged.size() < WINDOW) {
          unacknowledged.add(next);
          publish(peer, next++);
        }
        if (unacknowledged.isEmpty()) {
          LockSupport.parkNanos(5_000_000);
          continue;
        }
        WirePeer.Received answer = peer.receiveOrEnd();
        if (answer == null || dark) {
          return;
        }
        int number = unacknowledged.element();
        if (answer.type() != 4 || answer.packetId() != id(number)) {
          throw new IllegalStateException("expected PUBACK of " + number + ", found " + answer);
        }
        unacknowledged.remove();
        acknowledged = number + 1;
      }
    }

    private void publish(WirePeer peer, int number) {
      String output = number % URGENT == 0 ? "urgent" : "normal";
      String topic = "devices/edge/modules/" + module + "/messages/events/%24.on=" + output;
      peer.send(Packets.publish(topic, 1, id(number), "" + number));
    }

    private int id(int number) {
      return 1 + number % 60_000;
    }
  }

  /** Takes and acknowledges everything, and remembers the order in which numbers came first. */
  final class Receiver implements Runnable {
    private final String module;
    private final Map<String, BitSet> seen = new HashMap<>();
    private final Map<String, Integer> last = new HashMap<>();
    private volatile boolean absent;
    private volatile int disorder;
    private volatile int repeats;

    Receiver(String module) {
      this.module = module;
    }

    Receiver start() {
      HubLoad.this.run(this, module);
      return this;
    }

    /** Stays away until called back. */
    void absent(boolean now) {
      absent = now;
    }

    /** Numbers that came, for the first time, after a greater one of their sender and output. */
    int disorder() {
      return disorder;
    }

    int repeats() {
      return repeats;
    }

    /** How many of the numbers below {@code bound} have not come. */
    synchronized int missing(String sender, int bound) {
      BitSet have = seen.getOrDefault(sender, new BitSet());
      return bound - have.get(0, bound).cardinality();
    }

    @Override
    public void run() {
      while (!closed) {
        if (absent) {
          LockSupport.parkNanos(5_000_000);
          continue;
        }
        try (WirePeer peer = connect("edge/" + module)) {
          if (peer != null) {
            peer.send(Packets.subscribe(1, 1, "devices/edge/modules/" + module + "/inputs/#"));
            take(peer);
          }
        } catch (UncheckedIOException e) {
          // the hub was killed: connect again
        }
      }
    }

    private void take(WirePeer peer) {
      while (!closed && !absent) {
        WirePeer.Received received = peer.receiveOrEnd();
        if (received == null || dark) {
          return;
        }
        if (received.type() == 3) {
          remember(received);
          peer.send(Packets.pubAck(received.packetId()));
        }
      }
    }

    private synchronized void remember(WirePeer.Received received) {
      String topic = received.topic();
      int from = topic.indexOf("%24.cmid=") + "%24.cmid=".length();
      String sender = topic.substring(from, topic.indexOf('&', from));
      int number = Integer.parseInt(received.payload());
      BitSet numbers = seen.computeIfAbsent(sender, name -> new BitSet());
      if (numbers.get(number)) {
        repeats++;
        return;
      }
      numbers.set(number);
      Integer before = last.put(sender + (number % URGENT == 0), number);
      if (before != null && before > number) {
        disorder++;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
  }
}
