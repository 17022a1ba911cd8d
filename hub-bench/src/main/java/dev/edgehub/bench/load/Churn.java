package dev.edgehub.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Clients without an end: each connects, subscribes, publishes, takes what comes, and leaves with a
 * DISCONNECT, a closed socket or a reset, in the middle of whatever there is.
 */
final class Churn implements AutoCloseable {

  private static final int WORKERS = 8;
  private static final int IDENTITIES = 40;
  private static final int MOST_MESSAGES = 40;
  private static final int MOST_BYTES = 4_000;

  private final int port;
  private final ReadWriteLock gate = new ReentrantReadWriteLock(true);
  private final List<Thread> workers = new ArrayList<>();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicReference<IOException> failure = new AtomicReference<>();
  private volatile boolean stopped;

  Churn(int port, long seed) {
    this.port = port;
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int i = 0; i < WORKERS; i++) {
      SplittableRandom random = seeds.split();
      int worker = i;
      Thread thread = new Thread(() -> work(worker, random), "churn-" + i);
      thread.setDaemon(true);
      workers.add(thread);
    }
  }

  void start() {
    workers.forEach(Thread::start);
  }

  /** Holds all clients off until {@link #resume}; when it returns none is connected. */
  void pause() {
    gate.writeLock().lock();
  }

  void resume() {
    gate.writeLock().unlock();
  }

  private void work(int worker, SplittableRandom random) {
    while (!stopped) {
      gate.readLock().lock();
      try {
        // identities of its own: a takeover is no failure of the hub
        live(worker + WORKERS * random.nextInt(IDENTITIES / WORKERS), random);
      } catch (IOException e) {
        failure.compareAndSet(null, e);
        stopped = true;
      } finally {
        gate.readLock().unlock();
      }
    }
  }

  private void live(int number, SplittableRandom random) throws IOException {
    String id = "edge/m" + number;
    String prefix = "devices/edge/modules/m" + number;
    try (ChurnClient client = new ChurnClient(port, id, random.nextInt(4) == 0)) {
      connections.incrementAndGet();
      if (random.nextBoolean()) {
        client.subscribe(prefix + "/inputs/#");
      }
      int messages = random.nextInt(MOST_MESSAGES);
      for (int i = 1; i <= messages; i++) {
        client.publish(prefix + "/messages/events/n=" + i, i, new byte[random.nextInt(MOST_BYTES)]);
      }
      published.addAndGet(messages);
      // some do not wait for what they are owed
      client.awaitAcks(random.nextInt(3) == 0 ? messages / 2 : messages);
      client.takeWhatIsThere();
      delivered.addAndGet(client.delivered());
      switch (random.nextInt(3)) {
        case 0 -> client.disconnect();
        case 1 -> client.reset();
        default -> {} // closed without a word
      }
    }
  }

  /** What has gone on so far; fails when the hub failed a client. */
  String figures() throws IOException {
    IOException thrown = failure.get();
    if (thrown != null) {
      throw new IOException("a client was not served", thrown);
    }
    return connections.get()
        + " connections, "
        + published.get()
        + " messages published, "
        + delivered.get()
        + " delivered";
  }

  @Override
  public void close() {
    stopped = true;
  }
}
