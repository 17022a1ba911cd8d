package dev.edgehub.mqtt.session;

import dev.edgehub.message.Identity;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.DocumentStore;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a connection: the subscriptions of clients that asked for a persistent session.
 * Kept in memory too, so that CONNECT never waits for the disk. Any thread may use it.
 */
public final class StoredSessions {

  private static final String COLLECTION = "sessions";

  private final DocumentStore documents;
  private final Map<String, Subscriptions> sessions = new ConcurrentHashMap<>();

  /** Reads the sessions of earlier runs. */
  public StoredSessions(DocumentStore documents) {
    this.documents = documents;
    documents
        .all(COLLECTION)
        .forEach(
            (id, bytes) ->
                sessions.put(
                    id, Subscriptions.fromText(new String(bytes, StandardCharsets.UTF_8))));
  }

  /** The stored session, or null when there is none. */
  @Nullable Subscriptions find(Identity client) {
    return sessions.get(client.id());
  }

  /**
   * Stores a session.
   *
   * @param done told on the store's writer thread whether it is durable
   */
  void save(Identity client, Subscriptions subscriptions, Consumer<Boolean> done) {
    sessions.put(client.id(), subscriptions);
    byte[] bytes = subscriptions.toText().getBytes(StandardCharsets.UTF_8);
    documents.put(
        COLLECTION, client.id(), bytes, outcome -> done.accept(outcome == AppendOutcome.DURABLE));
  }

  /** Forgets a session; one that a crash brings back is forgotten by the next clean connect. */
  void forget(Identity client) {
    if (sessions.remove(client.id()) != null) {
      documents.remove(COLLECTION, client.id(), outcome -> {});
    }
  }
}
