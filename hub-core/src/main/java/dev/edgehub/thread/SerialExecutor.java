package dev.edgehub.thread;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in order, on threads of a shared pool. State touched only by tasks of
 * one serial executor needs no lock. A task that throws is logged; the next one runs.
 */
public final class SerialExecutor implements Executor {

  private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

  /** Tasks run before the pool's thread is given to somebody else. */
  private static final int TURN = 64;

  private final Executor pool;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  public SerialExecutor(Executor pool) {
    this.pool = Objects.requireNonNull(pool, "pool");
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(Objects.requireNonNull(task, "task"));
    if (waiting.getAndIncrement() == 0) {
      pool.execute(this::turn);
    }
  }

  /**
   * Runs a task now and here, if nothing runs or waits; false, and nothing has happened, otherwise.
   * Saves waking a thread of the pool for what is soon done.
   *
   * @param task must not block
   */
  public boolean runIfIdle(Runnable task) {
    if (!waiting.compareAndSet(0, 1)) {
      return false;
    }
    run(task);
    if (waiting.decrementAndGet() != 0) {
      pool.execute(this::turn);
    }
    return true;
  }

  private void turn() {
    for (int done = 1; ; done++) {
      runNext();
      if (waiting.decrementAndGet() == 0) {
        return;
      }
      if (done == TURN) {
        pool.execute(this::turn);
        return;
      }
    }
  }

  private void runNext() {
    Runnable task = tasks.poll();
    if (task == null) {
      throw new IllegalStateException("a counted task is always in the queue");
    }
    run(task);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("A task failed and was skipped; this is a defect", e);
    }
  }
}
