package dev.edgehub.mqtt.auth;

import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.Thumbprint;
import dev.edgehub.message.Identity;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges client certificates of devices: by thumbprint and dates, or by the authorities of {@code
 * tls.clientCa} and the name. That the client has the private key was proven in the handshake.
 */
final class CertificateCheck {

  private final ClientAuthorities authorities;
  private final InstantSource clock;

  CertificateCheck(ClientAuthorities authorities, InstantSource clock) {
    this.authorities = authorities;
    this.clock = clock;
  }

  /**
   * Judges a chain.
   *
   * @param chain not empty, the client's own first
   */
  Judgement judge(RegisteredIdentity own, List<X509Certificate> chain) {
    Identity identity = own.identity();
    if (identity instanceof Identity.Module) {
      return Judgement.bad(
          "certificate_module",
          "the module " + identity + " showed a certificate; modules use a token (a password)");
    }
    X509Certificate certificate = chain.get(0);
    Instant now = clock.instant();
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isBefore(from) || !now.isBefore(until)) {
      return Judgement.bad(
          "certificate_dates",
          "the certificate of "
              + identity
              + " holds from "
              + from
              + " until "
              + until
              + ", the hub's clock says "
              + now);
    }
    if (own.credential() instanceof Credential.SelfSigned selfSigned) {
      return byThumbprint(identity, selfSigned, certificate, until);
    }
    if (own.credential() instanceof Credential.Authority) {
      return byAuthority(identity, chain, until);
    }
    return Judgement.bad(
        "credential_type",
        identity
            + " is registered with credential "
            + own.credential().type()
            + " and showed a certificate without a password");
  }

  private static Judgement byThumbprint(
      Identity identity, Credential.SelfSigned known, X509Certificate certificate, Instant until) {
    Optional<Thumbprint> matching =
        known.thumbprints().filter(thumbprint -> thumbprint.isOf(certificate)).findFirst();
    if (matching.isEmpty()) {
      return Judgement.bad(
          "certificate_thumbprint",
          "expected the certificate of "
              + identity
              + " to have its primary or secondary thumbprint, found SHA-256 "
              + Thumbprint.sha256(certificate).hex());
    }
    return proven(
        until,
        registry -> {
          String barred = Authenticator.whyBarred(identity, registry);
          boolean same =
              credential(registry, identity) instanceof Credential.SelfSigned now
                  && now.thumbprints().anyMatch(matching.get()::equals);
          return barred != null || same ? barred : "the thumbprint of its certificate was changed";
        });
  }

  private Judgement byAuthority(Identity identity, List<X509Certificate> chain, Instant until) {
    Optional<String> wrong = authorities.whyNotTrusted(chain, identity.deviceId(), clock.instant());
    if (wrong.isPresent()) {
      return Judgement.bad("certificate_chain", "the certificate of " + identity + wrong.get());
    }
    return proven(
        until,
        registry -> {
          String barred = Authenticator.whyBarred(identity, registry);
          boolean same = credential(registry, identity) instanceof Credential.Authority;
          return barred != null || same ? barred : "its credential was changed";
        });
  }

  private static @Nullable Credential credential(Registry registry, Identity identity) {
    RegisteredIdentity own = registry.find(identity);
    return own == null ? null : own.credential();
  }

  private static Judgement proven(Instant until, Grant.Proof proof) {
    return new Judgement.Proven(proof, until.toEpochMilli(), "its certificate has expired");
  }
}
