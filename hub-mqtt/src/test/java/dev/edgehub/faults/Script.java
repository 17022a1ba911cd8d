package dev.edgehub.faults;

import dev.edgehub.store.AppendBatch;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.Disposition;
import dev.edgehub.store.Durability;
import dev.edgehub.store.Entry;
import dev.edgehub.store.OffsetRange;
import dev.edgehub.store.QueueReader;
import dev.edgehub.store.QueueStats;
import dev.edgehub.store.Store;
import dev.edgehub.store.StoreException;
import dev.edgehub.store.StoreListener;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process that lives a short life with a store, always the same: it opens it, appends, delivers,
 * writes documents and closes it, several times. Says what {@link Promises} understands.
 */
final class Script {

  /** Nothing went wrong, or nothing that did not heal. */
  static final int DONE = 0;

  /** The store refused to open, or failed for good. */
  static final int FAILED = 3;

  /** The store is full and stays full. */
  static final int FULL = 4;

  /** Somebody waited in vain. */
  static final int HANGS = 5;

  private static final int LIVES = 2;
  private static final int STEPS = 25;
  private static final int HANG_SECONDS = 10;
  private static final int FULL_MILLIS = 2_500;

  private final long[] next = new long[Scene.QUEUES.size()];
  private final CountDownLatch failed = new CountDownLatch(1);
  private long id;

  private Script() {}

  /** Argument: the directory. */
  public static void main(String[] arguments) throws InterruptedException {
    int status;
    try {
      status = new Script().run(Path.of(arguments[0]));
    } catch (StoreException e) {
      System.out.println("refused: " + e.getMessage());
      status = FAILED;
    }
    System.out.flush();
    Runtime.getRuntime().halt(status);
  }

  private int run(Path directory) throws InterruptedException {
    for (int life = 0; life < LIVES; life++) {
      int status;
      try (Store store =
          Store.open(
              directory,
              Contents.options(Durability.DISK),
              new StoreListener() {
                @Override
                public void failed(StoreException failure) {
                  System.out.println("failed " + System.nanoTime() + " " + failure.getMessage());
                  failed.countDown();
                }
              })) {
        status = live(store);
      }
      if (status != DONE) {
        return status;
      }
      if (failed.getCount() == 0) {
        return FAILED; // while closing
      }
    }
    return DONE;
  }

  private int live(Store store) throws InterruptedException {
    countFrom(store);
    for (int step = 0; step < STEPS; step++) {
      int status = append(store);
      if (status == DONE && step % 5 == 1) {
        status = document(store, Scene.DOCUMENTS.get(step % Scene.DOCUMENTS.size()));
      }
      if (status != DONE) {
        return status;
      }
      if (step % 3 == 2) {
        deliver(store, step % Scene.QUEUES.size());
      }
    }
    return DONE;
  }

  private void countFrom(Store store) {
    List<QueueStats> all = store.queues().stats();
    Arrays.fill(next, 0); // a queue whose first entry was refused is not among them
    for (QueueStats stats : all) {
      next[Scene.QUEUES.indexOf(stats.queue())] = stats.appended();
    }
  }

  private int append(Store store) throws InterruptedException {
    return untilKept(
        store,
        done -> {
          AppendBatch batch = new AppendBatch();
          StringBuilder about = new StringBuilder();
          for (int i = 0; i <= id % 3; i++) {
            int queue = (int) (id % next.length);
            batch.add(Scene.QUEUES.get(queue), AppendBatch.NEVER, Scene.body(id));
            about.append(queue + " " + next[queue]++ + " " + id++ + " ");
          }
          store.queues().append(batch, done);
          return "a " + about;
        });
  }

  private int document(Store store, String name) throws InterruptedException {
    return untilKept(
        store,
        done -> {
          long version = id++;
          byte[] value = ByteBuffer.allocate(8).putLong(version).array();
          store.documents().put(Scene.COLLECTION, name, value, done);
          return "v " + name + " " + version + " ";
        });
  }

  /** A write, which says what it is about. */
  private interface Write {
    String begin(Consumer<AppendOutcome> done);
  }

  private int untilKept(Store store, Write write) throws InterruptedException {
    long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FULL_MILLIS);
    while (true) {
      CompletableFuture<AppendOutcome> told = new CompletableFuture<>();
      AtomicLong toldNanos = new AtomicLong();
      String promise =
          write.begin(
              answer -> {
                toldNanos.set(System.nanoTime()); // this thread may be late to say it
                told.complete(answer);
              });
      @Nullable AppendOutcome outcome;
      try {
        outcome = told.get(HANG_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException e) {
        return HANGS;
      }
      if (outcome == AppendOutcome.DURABLE) {
        int kind = promise.indexOf(' ');
        System.out.println(
            promise.substring(0, kind) + " " + toldNanos.get() + promise.substring(kind) + ".");
        return DONE;
      }
      if (outcome == AppendOutcome.CLOSED) {
        return failed.await(HANG_SECONDS, TimeUnit.SECONDS) ? FAILED : HANGS;
      }
      if (!countAgain(store, giveUp)) {
        return FULL;
      }
    }
  }

  /**
   * Forgets the offsets that a refused write has counted on. How far the store is, it knows again
   * when its database is open and read: when a document has been kept.
   */
  private boolean countAgain(Store store, long giveUp) throws InterruptedException {
    while (System.nanoTime() - giveUp <= 0) {
      TimeUnit.MILLISECONDS.sleep(20);
      CompletableFuture<AppendOutcome> told = new CompletableFuture<>();
      store.documents().put("probes", "probe", new byte[8], told::complete);
      AppendOutcome outcome =
          told.completeOnTimeout(AppendOutcome.FULL, 1, TimeUnit.SECONDS).join();
      if (outcome != AppendOutcome.FULL) {
        countFrom(store);
        return true;
      }
    }
    return false;
  }

  /** Every second entry of what is there. */
  private void deliver(Store store, int queue) {
    StringBuilder about = new StringBuilder();
    List<OffsetRange> confirmed = new ArrayList<>();
    try (QueueReader reader = store.queues().reader(Scene.QUEUES.get(queue), () -> {})) {
      for (Entry entry : reader.read(100, 1 << 20)) {
        if (entry.offset() % 2 == 0) {
          confirmed.add(new OffsetRange(entry.offset(), entry.offset() + 1));
          about.append(queue + " " + entry.offset() + " " + Scene.id(entry.body()) + " ");
        }
      }
    } catch (StoreException e) {
      System.out.println("unreadable: " + e.getMessage());
      return;
    }
    if (!confirmed.isEmpty()) {
      System.out.println("d " + System.nanoTime() + " " + about + ".");
      store.queues().confirm(Scene.QUEUES.get(queue), confirmed, Disposition.DELIVERED);
    }
  }
}
