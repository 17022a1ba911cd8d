package dev.edgehub.mqtt.auth;

import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.wire.ConnectCode;
import dev.edgehub.mqtt.wire.Packet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who a connecting client is: by its credential in the identity registry or, on the
 * loopback listener with {@code trustLocal}, by its word alone when it has no credential. Any
 * thread may use it.
 */
public final class Authenticator {

  private final boolean trustLocal;
  private final LocalIdentities trusted;
  private final Credentials credentials;

  /**
   * An authenticator.
   *
   * @param trustLocal whether names are believed on the loopback listener
   * @param trusted those that were
   */
  public Authenticator(boolean trustLocal, LocalIdentities trusted, Credentials credentials) {
    this.trustLocal = trustLocal;
    this.trusted = trusted;
    this.credentials = credentials;
  }

  /** Judges a CONNECT; returns at once. */
  public AuthOutcome authenticate(Packet.Connect connect, Origin origin) {
    if (connect.clientId().isEmpty()) {
      return refused(
          ConnectCode.BAD_CLIENT_ID,
          "client_id",
          "expected the client id to be DEVICE or DEVICE/MODULE, found an empty one");
    }
    String text = connect.userName();
    Optional<UserName> parsed = text == null ? Optional.empty() : UserName.parse(text);
    if (parsed.isEmpty()) {
      return refused(
          ConnectCode.BAD_USER_NAME,
          "user_name",
          "expected a user name like HOST/DEVICE/MODULE/?api-version=2021-04-12, found "
              + (text == null ? "none" : UserName.whatIsWrong(text)));
    }
    UserName userName = parsed.get();
    if (!userName.identity().id().equals(connect.clientId())) {
      return refused(
          ConnectCode.NOT_AUTHORIZED,
          "client_id",
          "expected the client id to be that of the user name, "
              + userName.identity()
              + ", found another");
    }
    Registry now = credentials.registry().current();
    AuthOutcome outcome = authorize(connect, origin, userName, now);
    if (outcome instanceof AuthOutcome.Refused) {
      // it may have been registered a moment ago
      Registry newer = credentials.registry().lookAgain();
      outcome = newer == now ? outcome : authorize(connect, origin, userName, newer);
    }
    return outcome instanceof AuthOutcome.Refused refused ? orUndecided(refused) : outcome;
  }

  private AuthOutcome authorize(
      Packet.Connect connect, Origin origin, UserName userName, Registry registry) {
    Identity identity = userName.identity();
    String barred = whyBarred(identity, registry);
    if (barred != null) {
      return refused(
          ConnectCode.NOT_AUTHORIZED,
          "disabled",
          identity + " may not connect: " + barred + "; see edge-hub identity enable");
    }
    RegisteredIdentity own = registry.find(identity);
    if (trustLocal && origin.local() && isBelieved(identity, registry)) {
      if (own == null && !trusted.admit(identity)) {
        return refused(
            ConnectCode.UNAVAILABLE,
            "too_many_identities",
            "limits.localIdentities is reached; raise it, or use fewer names");
      }
      return accepted(userName, registry, stillBelieved(identity), Grant.NEVER, "");
    }
    if (own == null) {
      return refused(
          ConnectCode.NOT_AUTHORIZED,
          isReserved(identity) ? "reserved_id" : "unknown_identity",
          identity
              + " is not in the identity registry; add it with edge-hub identity add "
              + identity);
    }
    Judgement judgement =
        userName.actsForAnother()
            ? Judgement.undecided(
                "on_behalf_of",
                identity
                    + " came through another hub (auth-chain), which this version cannot judge")
            : credentials.judge(own, registry, connect, origin);
    if (judgement instanceof Judgement.Proven proven) {
      return accepted(
          userName, registry, proven.proof(), proven.expiresAtMillis(), proven.expired());
    }
    Judgement.Failed failed = (Judgement.Failed) judgement;
    return refused(failed.code(), failed.reason(), failed.sentence());
  }

  /** Whether its name alone is enough, on a listener where that can be. */
  private static boolean isBelieved(Identity identity, Registry registry) {
    RegisteredIdentity own = registry.find(identity);
    return !isReserved(identity) && (own == null || own.credential() instanceof Credential.None);
  }

  private static Grant.Proof stillBelieved(Identity identity) {
    return registry -> {
      String barred = whyBarred(identity, registry);
      return barred != null || isBelieved(identity, registry)
          ? barred
          : "it has got a credential, which it did not show";
    };
  }

  /** The hub's own modules are never believed without a credential. */
  private static boolean isReserved(Identity identity) {
    return identity instanceof Identity.Module module && module.moduleId().startsWith("$");
  }

  /** Why the identity is kept out whatever it shows, as a part of a sentence; null when not. */
  static @Nullable String whyBarred(Identity identity, Registry registry) {
    RegisteredIdentity own = registry.find(identity);
    RegisteredIdentity parent = registry.parentOf(identity);
    if (own != null && !own.enabled()) {
      return "it is disabled";
    }
    return parent != null && !parent.enabled() ? "its device is disabled" : null;
  }

  private AuthOutcome accepted(
      UserName userName, Registry registry, Grant.Proof proof, long expiresAt, String expired) {
    return new AuthOutcome.Accepted(
        userName.identity(),
        userName.properties().getOrDefault("DeviceClientType", ""),
        new Grant(credentials.registry(), registry, proof, expiresAt, expired));
  }

  /** While the operator's last word cannot be read, nobody is sent away for good. */
  private AuthOutcome orUndecided(AuthOutcome.Refused refused) {
    if (refused.code() != ConnectCode.NOT_AUTHORIZED || credentials.registry().isCurrent()) {
      return refused;
    }
    return refused(
        ConnectCode.UNAVAILABLE,
        "registry",
        "the identity registry cannot be read (see /health), and by the last good one: "
            + refused.sentence());
  }

  private static AuthOutcome.Refused refused(ConnectCode code, String reason, String sentence) {
    return new AuthOutcome.Refused(code, reason, sentence);
  }
}
