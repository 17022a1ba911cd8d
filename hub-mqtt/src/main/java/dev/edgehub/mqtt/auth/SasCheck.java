package dev.edgehub.mqtt.auth;

import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.SasKey;
import dev.edgehub.message.Identity;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges tokens: the audience must be this hub and the identity, the time not over, and the
 * signature made with the identity's primary or secondary key or, for a module, its device's.
 */
final class SasCheck {

  /** How long after its end a token is still taken, because clocks differ. */
  static final long SKEW_SECONDS = 300;

  private final List<String> hosts;
  private final InstantSource clock;

  /**
   * A check.
   *
   * @param hosts the names that a token may be made out to
   */
  SasCheck(List<String> hosts, InstantSource clock) {
    this.hosts = hosts;
    this.clock = clock;
  }

  Judgement judge(RegisteredIdentity own, Registry registry, byte[] password) {
    Identity identity = own.identity();
    Optional<SasToken> parsed = SasToken.parse(password);
    if (parsed.isEmpty()) {
      return Judgement.bad(
          "token_form",
          "expected as password of "
              + identity
              + " a token like SharedAccessSignature sr=HOST%2Fdevices%2FDEVICE&sig=…&se=…, found"
              + " another form; edge-hub identity sas "
              + identity
              + " makes one");
    }
    SasToken token = parsed.get();
    RegisteredIdentity parent = registry.parentOf(identity);
    if (keys(own).findAny().isEmpty() && keys(parent).findAny().isEmpty()) {
      return Judgement.bad(
          "credential_type",
          identity
              + " is registered with credential "
              + own.credential().type()
              + " and showed a token; a password counts before a certificate");
    }
    Judgement.Failed wrong = wrongClaims(token, identity);
    if (wrong != null) {
      return wrong;
    }
    for (RegisteredIdentity holder : Stream.of(own, parent).filter(h -> h != null).toList()) {
      for (SasKey key : keys(holder).toList()) {
        if (key.signed(token.signedText(), token.signature())) {
          return new Judgement.Proven(
              new KeyProof(identity, holder.identity(), key),
              1_000 * (token.expirySeconds() + SKEW_SECONDS),
              "its token has expired");
        }
      }
    }
    return Judgement.bad(
        "signature",
        "expected the token of "
            + identity
            + " to be signed with its primary or secondary key"
            + (identity instanceof Identity.Module ? " or its device's" : "")
            + ", found another signature; compare the client's key with that of edge-hub identity"
            + " connection-string "
            + identity);
  }

  private Judgement.@Nullable Failed wrongClaims(SasToken token, Identity identity) {
    if (token.policy()) {
      return Judgement.bad(
          "policy_token",
          "expected a token of " + identity + " itself, found one of a policy (skn)");
    }
    String host = token.audience().host();
    if (hosts.stream().noneMatch(host::equalsIgnoreCase)) {
      return Judgement.bad(
          "audience",
          "expected the token of "
              + identity
              + " to be for the host "
              + String.join(" or ", hosts)
              + ", found "
              + shown(host)
              + "; see the keys iotHub and hostname");
    }
    if (!token.audience().covers(identity)) {
      return Judgement.bad(
          "audience", "expected the token to be for " + identity + ", found one for another");
    }
    if (clock.instant().getEpochSecond() >= token.expirySeconds() + SKEW_SECONDS) {
      return Judgement.bad(
          "expired",
          "the token of "
              + identity
              + " ended at "
              + shown(token.expirySeconds())
              + ", the hub's clock says "
              + clock.instant().truncatedTo(ChronoUnit.SECONDS)
              + "; make a new one, or set the clock");
    }
    return null;
  }

  /** What a stranger sent, if it can do no harm in a log. */
  private static String shown(String host) {
    return host.matches("[A-Za-z0-9.:_-]{1,128}") ? host : "another";
  }

  private static String shown(long seconds) {
    return seconds <= Instant.MAX.getEpochSecond()
        ? "" + Instant.ofEpochSecond(seconds)
        : "" + seconds;
  }

  private static Stream<SasKey> keys(@Nullable RegisteredIdentity holder) {
    return holder != null && holder.credential() instanceof Credential.Sas sas
        ? sas.keys()
        : Stream.empty();
  }

  /** The key that signed, for as long as its holder has it. */
  private record KeyProof(Identity identity, Identity holder, SasKey key) implements Grant.Proof {
    @Override
    public @Nullable String whyVoid(Registry registry) {
      String barred = Authenticator.whyBarred(identity, registry);
      if (barred != null) {
        return barred;
      }
      if (registry.find(identity) == null) {
        return "it was removed from the identity registry";
      }
      return keys(registry.find(holder)).anyMatch(key::equals)
          ? null
          : "the key that signed its token was changed";
    }
  }
}
