package dev.edgehub.testing;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Keeps tasks until a test runs them, on the test's own thread. */
public final class SteppedExecutor implements Executor {

  /** More turns than any test needs: something posts itself for ever. */
  private static final int ENDLESS = 1_000_000;

  private final Queue<Runnable> tasks = new ArrayDeque<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Runs everything that waits and all that this brings. */
  public void runAll() {
    for (int i = 0; !tasks.isEmpty(); i++) {
      if (i == ENDLESS) {
        throw new AssertionError("tasks do not come to an end");
      }
      tasks.remove().run();
    }
  }

  /** Runs up to that many tasks. */
  public void run(int atMost) {
    for (int i = 0; i < atMost && !tasks.isEmpty(); i++) {
      tasks.remove().run();
    }
  }

  /** How many tasks wait. */
  public int waiting() {
    return tasks.size();
  }
}
