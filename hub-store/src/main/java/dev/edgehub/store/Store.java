package dev.edgehub.store;

import java.nio.file.Path;

/**
 * Everything durable of one hub, in one directory that is locked while open. Any thread may use it;
 * {@link #close} is called once.
 */
public interface Store extends AutoCloseable {

  /**
   * Opens the store in {@code directory}, making it when it is not there. Takes time independent of
   * how much is queued.
   *
   * @throws StoreException of kind {@code IN_USE} when another process has it, {@code OTHER_FORMAT}
   *     when a newer version wrote it, {@code DAMAGED} when it cannot be read, {@code IO} for the
   *     rest; the message says what to do next. It is never replaced by an empty one.
   */
  static Store open(Path directory, StoreOptions options, StoreListener listener) {
    return RocksStore.open(directory, options, listener);
  }

  QueueStore queues();

  DocumentStore documents();

  /**
   * Completes what was handed over, writes what is unwritten, and releases the directory. Waits for
   * all of it; whatever is handed over later is answered with {@link AppendOutcome#CLOSED}.
   *
   * @throws IllegalStateException when called from one of the store's callbacks
   */
  @Override
  void close();
}
