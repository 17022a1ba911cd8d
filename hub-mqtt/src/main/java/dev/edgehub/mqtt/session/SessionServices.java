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
    ConnectionLog log) {}
