package dev.edgehub.testing;

import dev.edgehub.thread.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A timer whose tasks run, in order of their time, when a test lets time pass. */
public final class ManualTimer implements Timer {

  private final ManualClock clock;
  private final List<Task> tasks = new ArrayList<>();
  private long elapsedMillis;

  private record Task(long dueMillis, Runnable task) {}

  public ManualTimer(ManualClock clock) {
    this.clock = clock;
  }

  @Override
  public Timeout after(long delayMillis, Runnable task) {
    if (delayMillis < 0) {
      throw new IllegalArgumentException("a delay is at least 0 ms, not " + delayMillis);
    }
    Task waiting = new Task(elapsedMillis + delayMillis, task);
    tasks.add(waiting);
    return () -> tasks.remove(waiting);
  }

  /** Lets time pass on clock and timer; what is due by then has run afterwards. */
  public void pass(long millis) {
    pass(millis, () -> {});
  }

  /**
   * Lets time pass on clock and timer.
   *
   * @param afterEach run after each task that came due, while the clock shows its time
   */
  public void pass(long millis, Runnable afterEach) {
    long end = elapsedMillis + millis;
    while (true) {
      Task next =
          tasks.stream()
              .filter(task -> task.dueMillis <= end)
              .min(Comparator.comparingLong(Task::dueMillis))
              .orElse(null);
      if (next == null) {
        break;
      }
      tasks.remove(next);
      moveTo(next.dueMillis);
      next.task.run();
      afterEach.run();
    }
    moveTo(end);
  }

  private void moveTo(long millis) {
    clock.step(millis - elapsedMillis);
    elapsedMillis = millis;
  }

  /** How many tasks wait. */
  public int waiting() {
    return tasks.size();
  }
}
