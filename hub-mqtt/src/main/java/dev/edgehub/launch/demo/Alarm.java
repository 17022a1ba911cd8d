package dev.edgehub.launch.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends every wait of the director when something goes wrong behind its back. */
final class Alarm {

  private final CountDownLatch raised = new CountDownLatch(1);
  private volatile @Nullable String why;

  /** Something went wrong; the first reason is kept. Any thread. */
  void raise(String reason) {
    if (why == null) {
      why = reason;
    }
    raised.countDown();
  }

  /** Runs work on another's thread, where nobody would learn of a failure. */
  void guard(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      raise("a defect of the demo: " + e);
    }
  }

  /**
   * Waits.
   *
   * @throws DemoFailedException at once when the alarm is or was raised
   */
  void pause(long millis) {
    try {
      if (raised.await(Math.max(0, millis), TimeUnit.MILLISECONDS)) {
        throw new DemoFailedException("" + why);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailedException("interrupted", e);
    }
  }
}
