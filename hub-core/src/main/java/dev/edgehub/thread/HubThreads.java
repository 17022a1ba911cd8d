package dev.edgehub.thread;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of hub-core: a small pool for sink pumps ({@code hub-sink-*}) and one timer ({@code
 * hub-timer}). Closed after everything that posts to them.
 */
public final class HubThreads implements AutoCloseable {

  private static final int SINK_THREADS = 2;

  private final ExecutorService sinks;
  private final ScheduledThreadPoolExecutor timer;

  public HubThreads() {
    sinks = Executors.newFixedThreadPool(SINK_THREADS, named("hub-sink-"));
    timer = new ScheduledThreadPoolExecutor(1, named("hub-timer-"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Threads that may be blocked by the disk. */
  public Executor sinks() {
    return sinks;
  }

  /** The hub's timer; its tasks must not block. */
  public Timer timer() {
    return (delayMillis, task) -> {
      ScheduledFuture<?> future = timer.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
      return () -> future.cancel(false);
    };
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger next = new AtomicInteger(1);
    return task -> {
      Thread thread = new Thread(task, prefix + next.getAndIncrement());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Waits up to 5 s for running tasks; waiting ones are dropped. */
  @Override
  public void close() {
    timer.shutdownNow();
    sinks.shutdown();
    try {
      if (!sinks.awaitTermination(5, TimeUnit.SECONDS)) {
        sinks.shutdownNow();
      }
    } catch (InterruptedException e) {
      sinks.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
