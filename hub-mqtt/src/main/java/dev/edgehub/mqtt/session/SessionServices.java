package dev.edgehub.mqtt.session;

import dev.edgehub.config.HubConfig;
import dev.edgehub.hub.EdgeHub;
import dev.edgehub.mqtt.auth.Authenticator;

/** What every session needs and shares with the others. */
public record SessionServices(
    EdgeHub hub,
    Authenticator authenticator,
    StoredSessions sessions,
    SessionDirectory directory,
    String deviceId,
    HubConfig.Limits limits,
    ConnectionLog log) {

  /** A topic of the greatest length and the rest of a PUBLISH header. */
  private static final int TOPIC_AND_HEADER = (64 << 10) + 16;

  /** Bytes of the largest packet of a client that has been let in. */
  public int maximumPacketSize() {
    return limits.messageSize() + TOPIC_AND_HEADER;
  }
}
