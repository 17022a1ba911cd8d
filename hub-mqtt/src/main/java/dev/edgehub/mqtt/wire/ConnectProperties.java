package dev.edgehub.mqtt.wire;

import org.jspecify.annotations.Nullable;

/**
 * What CONNECT says beside its fields (MQTT 5, 3.1.2.11). In MQTT 3.1.1 it says {@link #NONE}.
 *
 * @param sessionExpirySeconds how long the session outlives the connection; {@link #NEVER} for ever
 * @param receiveMaximum unacknowledged PUBLISHes the client takes, 1 to 65,535
 * @param maximumPacketSize bytes of the largest packet the client takes
 * @param problemInformation whether the client wants reasons in words
 * @param authenticationMethod of enhanced authentication, or null
 */
public record ConnectProperties(
    long sessionExpirySeconds,
    int receiveMaximum,
    long maximumPacketSize,
    boolean problemInformation,
    @Nullable String authenticationMethod) {

  /** A session that does not expire (MQTT 5, 3.1.2.11.2). */
  public static final long NEVER = 0xffff_ffffL;

  public static final ConnectProperties NONE =
      new ConnectProperties(0, 0xffff, Long.MAX_VALUE, true, null);
}
