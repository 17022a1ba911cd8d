package dev.edgehub.launch.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ends whatever was begun, in the opposite order, from the director's thread or from the hook that
 * a signal runs. What is begun after the end is ended at once.
 */
final class Cleanup implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private boolean closed;

  /** Takes charge of a part. */
  <T extends AutoCloseable> T keep(T part) {
    lock.lock();
    try {
      if (closed) {
        end(part);
      } else {
        parts.push(part);
      }
    } finally {
      lock.unlock();
    }
    return part;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      while (!parts.isEmpty()) {
        end(parts.pop());
      }
    } finally {
      lock.unlock();
    }
  }

  private static void end(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) { // the others are to be ended all the same
      System.err.println("edge-hub demo: cannot end " + part + ": " + e);
    }
  }
}
