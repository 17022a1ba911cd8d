package dev.edgehub.store;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Gives the space of what has left the queues back to the disk while the store goes on: RocksDB
 * keeps it until something is compacted, which after a drain may be never. Looks after something
 * has left, at most every two seconds, and compacts on a thread of its own when the files are much
 * larger than what is owed. What has left may not be deleted yet when it looks, or a flush may come
 * between; so it looks again while the files stay too large, a few times. The writer thread's, but
 * for what runs on that thread.
 */
final class SpaceReturn implements AutoCloseable {

  /** What the database may take beside a quarter more than is owed: mostly its log. */
  static final long SPARE_BYTES = 64L << 20;

  private static final long EVERY_NANOS = 2_000_000_000L;
  private static final long CLOSE_SECONDS = 30;

  /** Looks in a row that may leave the files too large. */
  private static final int MOST_LOOKS = 5;

  private final Database database;
  private final QueueDirectory directory;
  private final Admission admission;
  private final LongSupplier nanos;
  private final Consumer<StoreException> broken;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "hub-store-space");
            made.setDaemon(true);
            return made;
          });
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean closing;

  /** Looks that left the files too large since something has left. */
  private volatile int inVain;

  private long seen;
  private long due;

  /**
   * @param broken told, on another thread, that the files cannot be compacted
   */
  SpaceReturn(
      Database database,
      QueueDirectory directory,
      Admission admission,
      LongSupplier nanos,
      Consumer<StoreException> broken) {
    this.database = database;
    this.directory = directory;
    this.admission = admission;
    this.nanos = nanos;
    this.broken = broken;
    due = nanos.getAsLong();
  }

  /** Begins to look, if something has left since it last did. */
  void turn() {
    long now = nanos.getAsLong();
    if (!isWanted() || due - now > 0) {
      return;
    }
    due = now + EVERY_NANOS;
    if (busy.compareAndSet(false, true)) {
      if (admission.freedInAll() != seen) {
        inVain = 0;
      }
      seen = admission.freedInAll();
      long owed = admission.owedBytes();
      thread.execute(() -> look(owed + owed / 4 + SPARE_BYTES));
    }
  }

  /** How long the writer may sleep before the next {@link #turn}; at most 0 when it is due. */
  long waitNanos() {
    if (isWanted()) {
      return due - nanos.getAsLong();
    }
    // how a look ends is seen by a turn after it
    return busy.get() ? EVERY_NANOS : Long.MAX_VALUE;
  }

  private boolean isWanted() {
    int fruitless = inVain;
    return admission.freedInAll() != seen || (fruitless > 0 && fruitless < MOST_LOOKS);
  }

  private void look(long allowedBytes) {
    try {
      if (database.sizeBytes() > allowedBytes) {
        database.reclaim(directory.left());
      }
      inVain = database.sizeBytes() > allowedBytes ? inVain + 1 : 0;
    } catch (StoreException e) {
      if (!closing && database.isOpen()) { // not because the disk is full, or this is the end
        broken.accept(e);
      }
    } finally {
      busy.set(false);
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.shutdown();
    database.endCompaction();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("compacting " + database + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
