package dev.edgehub.store;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Small durable records beside the queues (sessions, identities, the last good manifest), written
 * by the same writer and as durable as the queues. Every method may be called by any thread.
 */
public interface DocumentStore {

  /**
   * Writes or replaces a document. Returns at once.
   *
   * @param collection 1 to 255 bytes of UTF-8
   * @param key 1 to 4,096 bytes of UTF-8
   * @param done told once, on the writer thread, when the document is durable or was not kept
   */
  void put(String collection, String key, byte[] value, Consumer<AppendOutcome> done);

  /** Removes a document; removing one that is not there succeeds. */
  void remove(String collection, String key, Consumer<AppendOutcome> done);

  /** A document as last written, or null; may read the disk. */
  byte @Nullable [] get(String collection, String key);

  /** Every document of a collection, by key; may read the disk. */
  Map<String, byte[]> all(String collection);
}
