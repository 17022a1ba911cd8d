package dev.edgehub.mqtt.session;

import dev.edgehub.message.Identity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which connection an identity has now. Any thread may use it. */
public final class SessionDirectory {

  private final Map<String, SessionHandler> connected = new ConcurrentHashMap<>();

  /** Makes a connection the one of its identity and ends the one before it, if any. */
  void claim(Identity identity, SessionHandler newer) {
    SessionHandler older = connected.put(identity.id(), newer);
    if (older != null && older != newer) {
      older.takenOver();
    }
  }

  /** Gives the identity up, unless a newer connection has it already. */
  void release(Identity identity, SessionHandler handler) {
    connected.remove(identity.id(), handler);
  }

  /** Whether a client of that id is connected. */
  boolean isConnected(String id) {
    return connected.containsKey(id);
  }

  /**
   * Ends the connections whose token is over or whose identity was removed, disabled or given other
   * keys.
   *
   * @param nowMillis Unix time
   */
  public void review(long nowMillis) {
    connected.values().forEach(handler -> handler.review(nowMillis));
  }

  /** How many clients are connected. */
  public int size() {
    return connected.size();
  }
}
