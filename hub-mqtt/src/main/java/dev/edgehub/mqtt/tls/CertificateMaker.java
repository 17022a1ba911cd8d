package dev.edgehub.mqtt.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.SortedSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates: EC keys on P-256, signed with ECDSA. Decision 0023 says why. */
final class CertificateMaker {

  private static final Duration AUTHORITY_LIFE = Duration.ofDays(30 * 365);
  private static final Duration SERVER_LIFE = Duration.ofDays(365);

  /** Clients' clocks may be slow. */
  private static final Duration BEFORE = Duration.ofDays(1);

  /** A machine without a clock of its own starts in 1970; what it signs must last beyond today. */
  private static final Instant CLOCK_IS_SET = Instant.parse("2026-01-01T00:00:00Z");

  private static final int SERIAL_BITS = 127;
  private static final int MAX_COMMON_NAME = 64;

  private final SecureRandom random;

  CertificateMaker(SecureRandom random) {
    this.random = random;
  }

  /** An authority that signs itself. */
  TlsMaterial authority(String name, Instant now) {
    KeyPair keys = keys();
    X500Name subject = named(name);
    Instant end = atLeastSet(now).plus(AUTHORITY_LIFE);
    try {
      JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
                  subject,
                  serial(),
                  Date.from(now.minus(BEFORE)),
                  Date.from(end),
                  subject,
                  keys.getPublic())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  ids.createSubjectKeyIdentifier(keys.getPublic()));
      return new TlsMaterial(List.of(signed(builder, keys)), keys.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("every Java can sign with ECDSA on P-256", e);
    }
  }

  /** A server's certificate with these names, signed by the authority. */
  TlsMaterial server(TlsMaterial authority, String name, SortedSet<ServerName> names, Instant now) {
    KeyPair keys = keys();
    Instant end = atLeastSet(now).plus(SERVER_LIFE);
    Instant last = authority.certificate().getNotAfter().toInstant();
    try {
      JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
      PublicKey issuer = authority.certificate().getPublicKey();
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
                  authority.certificate(),
                  serial(),
                  Date.from(now.minus(BEFORE)),
                  Date.from(end.isBefore(last) ? end : last),
                  named(name),
                  keys.getPublic())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  ids.createSubjectKeyIdentifier(keys.getPublic()))
              .addExtension(
                  Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(issuer))
              .addExtension(Extension.subjectAlternativeName, false, alternatives(names));
      KeyPair signer = new KeyPair(issuer, authority.key());
      return new TlsMaterial(List.of(signed(builder, signer)), keys.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("every Java can sign with ECDSA on P-256", e);
    }
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair signer)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
  }

  private static GeneralNames alternatives(SortedSet<ServerName> names) {
    return new GeneralNames(
        names.stream()
            .map(
                name ->
                    new GeneralName(
                        name.address() ? GeneralName.iPAddress : GeneralName.dNSName, name.text()))
            .toArray(GeneralName[]::new));
  }

  private static X500Name named(String name) {
    String common = name.length() > MAX_COMMON_NAME ? "Edge Hub" : name;
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, common).build();
  }

  private static Instant atLeastSet(Instant now) {
    return now.isBefore(CLOCK_IS_SET) ? CLOCK_IS_SET : now;
  }

  private BigInteger serial() {
    return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
  }

  private KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }
}
