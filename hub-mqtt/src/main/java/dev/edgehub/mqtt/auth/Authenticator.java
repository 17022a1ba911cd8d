package dev.edgehub.mqtt.auth;

import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.wire.ConnectCode;
import dev.edgehub.mqtt.wire.Packet;
import java.util.Optional;

/**
 * Decides who a connecting client is. On the loopback listener with {@code trustLocal} the identity
 * named in CONNECT is believed; there are no credentials in this version, so without it nobody is.
 * Any thread may use it.
 */
public final class Authenticator {

  private final boolean trustLocal;
  private final LocalIdentities identities;

  public Authenticator(boolean trustLocal, LocalIdentities identities) {
    this.trustLocal = trustLocal;
    this.identities = identities;
  }

  /** Judges a CONNECT; returns at once. */
  public AuthOutcome authenticate(Packet.Connect connect, Origin origin) {
    // in MQTT 5 a client may leave its id to the hub, which takes that of the user name
    boolean unnamed = connect.clientId().isEmpty();
    if (unnamed && connect.level() < 5) {
      return refused(
          ConnectCode.BAD_CLIENT_ID,
          "client_id",
          "expected the client id to be DEVICE or DEVICE/MODULE, found an empty one");
    }
    String userName = connect.userName();
    Optional<UserName> parsed = userName == null ? Optional.empty() : UserName.parse(userName);
    if (parsed.isEmpty()) {
      return refused(
          ConnectCode.BAD_USER_NAME,
          "user_name",
          "expected a user name like HOST/DEVICE/MODULE/?api-version=2021-04-12, found "
              + (userName == null ? "none" : "another form"));
    }
    Identity identity = parsed.get().identity();
    if (!unnamed && !identity.id().equals(connect.clientId())) {
      return refused(
          ConnectCode.NOT_AUTHORIZED,
          "client_id",
          "expected the client id to be that of the user name, " + identity + ", found another");
    }
    return authorize(
        origin, identity, parsed.get().properties().getOrDefault("DeviceClientType", ""));
  }

  private AuthOutcome authorize(Origin origin, Identity identity, String clientType) {
    if (identity instanceof Identity.Module module && module.moduleId().startsWith("$")) {
      return refused(
          ConnectCode.NOT_AUTHORIZED,
          "reserved_id",
          "the identity " + identity + " is the hub's own and needs a credential");
    }
    if (!trustLocal || !origin.local()) {
      return refused(
          ConnectCode.NOT_AUTHORIZED,
          "no_credential",
          "listeners.mqtt.trustLocal is false and this version knows no credentials");
    }
    if (!identities.admit(identity)) {
      return refused(
          ConnectCode.UNAVAILABLE,
          "too_many_identities",
          "limits.localIdentities is reached; raise it, or use fewer names");
    }
    return new AuthOutcome.Accepted(identity, clientType);
  }

  private static AuthOutcome refused(ConnectCode code, String reason, String sentence) {
    return new AuthOutcome.Refused(code, reason, sentence);
  }
}
