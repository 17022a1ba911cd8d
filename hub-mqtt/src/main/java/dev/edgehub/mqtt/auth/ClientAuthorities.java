package dev.edgehub.mqtt.auth;

import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** The authorities whose client certificates are believed, {@code tls.clientCa}. Immutable. */
public final class ClientAuthorities {

  /** The longest chain looked at; each certificate costs a signature check. */
  static final int MAX_CHAIN = 5;

  private static final int MAX_FILE_BYTES = 1 << 20;
  private static final String CLIENT_USE = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_USE = "2.5.29.37.0";

  private final Set<TrustAnchor> anchors;

  private ClientAuthorities(Set<TrustAnchor> anchors) {
    this.anchors = anchors;
  }

  /**
   * Reads a PEM file.
   *
   * @param file null for no authorities: then no certificate is believed for its signer
   * @throws HubException {@code CONFIG_INVALID} when it holds no certificates
   */
  public static ClientAuthorities of(@Nullable Path file) {
    Set<TrustAnchor> anchors = new HashSet<>();
    if (file != null) {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] pem = in.readNBytes(MAX_FILE_BYTES);
        for (Certificate certificate :
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem))) {
          anchors.add(new TrustAnchor((X509Certificate) certificate, null));
        }
      } catch (IOException | GeneralSecurityException e) {
        throw new HubException(
            ErrorCode.CONFIG_INVALID, "tls.clientCa: cannot read " + file + " (" + e + ")", e);
      }
      if (anchors.isEmpty()) {
        throw new HubException(
            ErrorCode.CONFIG_INVALID,
            "tls.clientCa: expected certificates in PEM form, found none in " + file);
      }
    }
    return new ClientAuthorities(anchors);
  }

  /**
   * Why a chain proves no such name, as the end of a sentence; empty when it does.
   *
   * @param name the common name that the certificate must have
   */
  Optional<String> whyNotTrusted(List<X509Certificate> chain, String name, Instant now) {
    if (anchors.isEmpty()) {
      return Optional.of(" cannot be checked: tls.clientCa is not set");
    }
    if (chain.size() > MAX_CHAIN) {
      return Optional.of(
          ": expected a chain of at most " + MAX_CHAIN + " certificates, found " + chain.size());
    }
    X509Certificate own = chain.get(0);
    if (!commonNames(own).equals(List.of(name))) {
      return Optional.of(": expected its common name (CN) to be " + name + ", found another");
    }
    if (!mayBeClient(own)) {
      return Optional.of(": expected its extended key usage to allow clientAuth, found others");
    }
    try {
      PKIXParameters parameters = new PKIXParameters(anchors);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(withoutAnchors(chain)),
              parameters);
      return Optional.empty();
    } catch (CertPathValidatorException e) {
      return Optional.of(
          ": expected a chain to an authority of tls.clientCa, found none (" + e.getReason() + ")");
    } catch (GeneralSecurityException e) {
      return Optional.of(" cannot be checked: " + e.getClass().getSimpleName());
    }
  }

  /** A client may send the authority itself, too; a path must end before it. */
  private List<X509Certificate> withoutAnchors(List<X509Certificate> chain) {
    List<X509Certificate> path = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      if (!path.isEmpty()
          && anchors.stream().anyMatch(a -> certificate.equals(a.getTrustedCert()))) {
        break;
      }
      path.add(certificate);
    }
    return path;
  }

  private static boolean mayBeClient(X509Certificate certificate) {
    try {
      List<String> uses = certificate.getExtendedKeyUsage();
      return uses == null || uses.contains(CLIENT_USE) || uses.contains(ANY_USE);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static List<String> commonNames(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        Attribute common = part.toAttributes().get("cn");
        for (int i = 0; common != null && i < common.size(); i++) {
          names.add(common.get(i) instanceof String text ? text : "");
        }
      }
    } catch (NamingException e) {
      return List.of();
    }
    return names;
  }
}
