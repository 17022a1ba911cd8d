package dev.edgehub.mqtt.wire;

import org.jspecify.annotations.Nullable;

/**
 * What CONNACK tells an MQTT 5 client of the hub (MQTT 5, 3.2.2.3). That there is no QoS 2, no
 * retained message, no shared subscription and no subscription identifier is said with every one
 * that lets a client in.
 *
 * @param sessionExpirySeconds the one in force, when it is not what the client asked for, or {@link
 *     #UNSAID}
 * @param serverKeepAliveSeconds the one in force, when it is not what the client asked for, or
 *     {@link #UNSAID}
 * @param assignedClientId for a client that named none
 * @param reason in words, of a refusal
 */
public record ConnAckProperties(
    long sessionExpirySeconds,
    int serverKeepAliveSeconds,
    int receiveMaximum,
    int maximumPacketSize,
    int topicAliasMaximum,
    @Nullable String assignedClientId,
    @Nullable String reason) {

  public static final int UNSAID = -1;

  /** Of a refusal. */
  public static ConnAckProperties refusal(@Nullable String reason) {
    return new ConnAckProperties(UNSAID, UNSAID, 0, 0, 0, null, reason);
  }
}
