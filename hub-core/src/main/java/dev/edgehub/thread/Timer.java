package dev.edgehub.thread;

/** Runs a task later. Tasks only post to the owner of the state they concern. */
public interface Timer {

  /**
   * Runs {@code task} once, at least {@code delayMillis} from now.
   *
   * @param delayMillis at least 0
   */
  Timeout after(long delayMillis, Runnable task);

  /** A task that waits for its time. */
  interface Timeout {
    /** Stops the task from running, if it has not started. */
    void cancel();
  }
}
