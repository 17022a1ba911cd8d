package dev.edgehub.faults;

import dev.edgehub.store.AppendBatch;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.Disposition;
import dev.edgehub.store.Durability;
import dev.edgehub.store.Entry;
import dev.edgehub.store.OffsetRange;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueReader;
import dev.edgehub.store.QueueStats;
import dev.edgehub.store.QueueStore;
import dev.edgehub.store.Store;
import dev.edgehub.store.StoreException;
import dev.edgehub.store.StoreListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;

/**
 * A process that appends to all queues and delivers from some until it is ended, and says on its
 * output what {@link Promises} understands: of an append once it is acknowledged, of a delivery
 * before it is confirmed.
 */
final class Worker {

  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);

  /** Batches under way. */
  private static final int WINDOW = 64;

  private final QueueStore queues;
  private final Store store;
  private final long[] next = new long[Scene.QUEUES.size()];
  private final Semaphore room = new Semaphore(WINDOW);
  private final SplittableRandom random;
  private long id;

  private Worker(Store store, long firstId) {
    this.store = store;
    this.queues = store.queues();
    this.id = firstId;
    this.random = new SplittableRandom(firstId);
    for (QueueStats stats : queues.stats()) {
      next[Scene.QUEUES.indexOf(stats.queue())] = stats.appended();
    }
  }

  /** Arguments: directory, durability, the first id to use. */
  public static void main(String[] arguments) {
    endWithParent();
    Durability durability = Durability.valueOf(arguments[1]);
    Store store =
        Store.open(
            Path.of(arguments[0]),
            Contents.options(durability),
            new StoreListener() {
              @Override
              public void failed(StoreException failure) {

                Runtime.getRuntime().halt(3);
              }
            });
    new Worker(store, Long.parseLong(arguments[2])).run();
  }

  private static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.read();
              } catch (IOException e) {
                // as good as the end
              }
              Runtime.getRuntime().halt(1);
            });
    watch.setDaemon(true);
    watch.start();
  }

  private void run() {
    for (int i = 0; i < Scene.QUEUES.size(); i++) {
      if (random.nextInt(3) > 0) { // the others are absent this time
        int queue = i;
        Thread sink = new Thread(() -> deliverWhileReadable(queue));
        sink.setDaemon(true);
        sink.start();
      }
    }
    while (true) {
      room.acquireUninterruptibly();
      if (random.nextInt(50) == 0) {
        put(Scene.DOCUMENTS.get(random.nextInt(Scene.DOCUMENTS.size())));
      } else {
        append();
      }
    }
  }

  private void append() {
    AppendBatch batch = new AppendBatch();
    StringBuilder about = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      int queue = random.nextInt(next.length);
      batch.add(Scene.QUEUES.get(queue), AppendBatch.NEVER, Scene.body(id));
      add(about, queue, next[queue]++, id++);
    }
    queues.append(batch, outcome -> done(outcome, "a", about.toString()));
  }

  private void put(String name) {
    long version = id++;
    byte[] value = ByteBuffer.allocate(8).putLong(version).array();
    store
        .documents()
        .put(
            Scene.COLLECTION,
            name,
            value,
            outcome -> done(outcome, "v", name + " " + version + " "));
  }

  private static void add(StringBuilder about, int queue, long offset, long id) {
    about.append(queue).append(' ').append(offset).append(' ').append(id).append(' ');
  }

  /** In one piece, with the moment and an end, as {@link Promises#note} expects it. */
  private static void say(String kind, String about) {
    OUT.println(kind + " " + System.nanoTime() + " " + about + ".");
  }

  private void done(AppendOutcome outcome, String kind, String about) {
    if (outcome == AppendOutcome.DURABLE) {
      say(kind, about);
    } else if (outcome == AppendOutcome.FULL) {
      OUT.println("the file system is full");
    }
    room.release();
  }

  private void deliverWhileReadable(int queue) {
    try {
      deliver(queue);
    } catch (StoreException fault) {
      // the writer meets it, too, and says so
    }
  }

  /** Leaves one of ten, so that blocks stay partly confirmed. */
  private void deliver(int queue) {
    QueueId name = Scene.QUEUES.get(queue);
    Semaphore wake = new Semaphore(0);
    QueueReader reader = queues.reader(name, wake::release);
    while (true) {
      List<Entry> entries = reader.read(64, 1 << 20);
      if (entries.isEmpty()) {
        wake.acquireUninterruptibly();
      }
      List<OffsetRange> confirmed = new ArrayList<>();
      StringBuilder about = new StringBuilder();
      for (Entry entry : entries) {
        if (entry.offset() % 10 != 0) {
          confirmed.add(new OffsetRange(entry.offset(), entry.offset() + 1));
          add(about, queue, entry.offset(), Scene.id(entry.body()));
        }
      }
      if (!confirmed.isEmpty()) {
        say("d", about.toString());
        queues.confirm(name, confirmed, Disposition.DELIVERED);
      }
    }
  }
}
