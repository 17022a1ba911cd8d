package dev.edgehub.mqtt.session;

import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.wire.ConnectProperties;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.DocumentStore;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a connection: the subscriptions of clients that asked for a persistent session, for
 * as long as they asked for (MQTT 5, 3.1.2.11.2). Kept in memory too, so that CONNECT never waits
 * for the disk. A session belongs to the connection that resumed it last: an older one changes
 * nothing any more. Any thread may use it.
 */
public final class StoredSessions {

  private static final String COLLECTION = "sessions";

  private final DocumentStore documents;
  private final LongSupplier nowMillis;
  private final Map<String, Kept> sessions = new ConcurrentHashMap<>();

  /** A session and whose it is now. */
  private record Kept(StoredSession session, @Nullable Object owner) {}

  /**
   * Reads the sessions of earlier runs; those of clients that were connected then begin to expire
   * now.
   *
   * @param nowMillis the store's time
   */
  public StoredSessions(DocumentStore documents, LongSupplier nowMillis) {
    this.documents = documents;
    this.nowMillis = nowMillis;
    long now = nowMillis.getAsLong();
    documents
        .all(COLLECTION)
        .forEach(
            (id, bytes) -> {
              StoredSession read =
                  StoredSession.fromText(new String(bytes, StandardCharsets.UTF_8)).ending(now);
              if (read.isOver(now)) {
                documents.remove(COLLECTION, id, outcome -> {});
              } else {
                sessions.put(id, new Kept(read, null));
              }
            });
  }

  /** The subscriptions of a stored session, or null when there is none, or no more. */
  @Nullable Subscriptions find(Identity client) {
    Kept kept = sessions.get(client.id());
    return kept == null || kept.session.isOver(nowMillis.getAsLong())
        ? null
        : kept.session.subscriptions();
  }

  /**
   * Gives a session to a connection.
   *
   * @param owner the connection
   * @param clean forget what there was
   * @param expirySeconds how long it outlives the connection from now on
   * @return what there was, or null
   */
  @Nullable Subscriptions resume(Identity client, Object owner, boolean clean, long expirySeconds) {
    Subscriptions[] found = {null};
    sessions.compute(
        client.id(),
        (id, kept) -> {
          StoredSession before =
              kept == null || clean || kept.session.isOver(nowMillis.getAsLong())
                  ? null
                  : kept.session;
          if (before != null) {
            found[0] = before.subscriptions();
          } else if (expirySeconds == 0) {
            if (kept != null) {
              // one that a crash brings back is forgotten by the next clean connect
              documents.remove(COLLECTION, id, outcome -> {});
            }
            return null;
          }
          StoredSession session =
              StoredSession.connected(
                  before == null ? Subscriptions.NONE : before.subscriptions(), expirySeconds);
          if (!session.equals(before)) {
            put(id, session, saved -> {});
          }
          return new Kept(session, owner);
        });
    return found[0];
  }

  /**
   * Stores a session's subscriptions.
   *
   * @param done told on the store's writer thread whether they are durable; false at once when the
   *     session is another connection's
   */
  void save(Identity client, Object owner, Subscriptions subscriptions, Consumer<Boolean> done) {
    boolean[] own = {false};
    sessions.computeIfPresent(
        client.id(),
        (id, kept) -> {
          if (kept.owner != owner) {
            return kept;
          }
          own[0] = true;
          StoredSession session =
              StoredSession.connected(subscriptions, kept.session.expirySeconds());
          put(id, session, done);
          return new Kept(session, owner);
        });
    if (!own[0]) {
      done.accept(false);
    }
  }

  /** Lets a session's time run, now that its connection has ended. */
  void ended(Identity client, Object owner, long expirySeconds) {
    sessions.computeIfPresent(
        client.id(),
        (id, kept) -> {
          if (kept.owner != owner) {
            return kept;
          }
          if (expirySeconds == 0) {
            documents.remove(COLLECTION, id, outcome -> {});
            return null;
          }
          StoredSession session =
              StoredSession.connected(kept.session.subscriptions(), expirySeconds)
                  .ending(nowMillis.getAsLong());
          if (!session.equals(kept.session)) {
            put(id, session, saved -> {});
          }
          return new Kept(session, null);
        });
  }

  private void put(String id, StoredSession session, Consumer<Boolean> done) {
    byte[] bytes = session.toText().getBytes(StandardCharsets.UTF_8);
    documents.put(COLLECTION, id, bytes, outcome -> done.accept(outcome == AppendOutcome.DURABLE));
  }

  /** Whether a session of that expiry outlives its connection. */
  static boolean isPersistent(long expirySeconds) {
    return expirySeconds > 0 && expirySeconds <= ConnectProperties.NEVER;
  }
}
