package dev.edgehub.mqtt.auth;

import dev.edgehub.message.Identity;
import dev.edgehub.store.DocumentStore;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Identities that were believed without a credential, registered on first use and kept apart from
 * any that an operator writes. Their number is capped, because every name costs space for good. Any
 * thread may use it.
 */
public final class LocalIdentities {

  private static final String COLLECTION = "identities-trusted-locally";
  private static final byte[] PRESENT = {1};

  private final DocumentStore documents;
  private final int limit;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /**
   * Reads those of earlier runs.
   *
   * @param limit how many there may be
   */
  public LocalIdentities(DocumentStore documents, int limit) {
    this.documents = documents;
    this.limit = limit;
    known.addAll(documents.all(COLLECTION).keySet());
  }

  /** Whether the identity is known or could be registered. */
  boolean admit(Identity identity) {
    String id = identity.id();
    if (known.contains(id)) {
      return true;
    }
    if (known.size() >= limit) {
      return false;
    }
    if (known.add(id)) {
      // nobody waits for it: a registration lost in a crash is made again on the next connect
      documents.put(COLLECTION, id, PRESENT, outcome -> {});
    }
    return true;
  }
}
