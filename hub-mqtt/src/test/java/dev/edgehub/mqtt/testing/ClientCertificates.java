package dev.edgehub.mqtt.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates as a device's owner would, good ones and bad ones. */
public final class ClientCertificates {

  private static final SecureRandom RANDOM = new SecureRandom();

  private ClientCertificates() {}

  /** A certificate and its key. */
  public record Made(X509Certificate certificate, KeyPair keys) {}

  /** An authority that signs itself. */
  public static Made authority(String subject, Instant from, Instant until) {
    return made(null, subject, from, until, true, null);
  }

  /** A device's certificate that signs itself. */
  public static Made selfSigned(String subject, Instant from, Instant until) {
    return made(null, subject, from, until, false, null);
  }

  /** An authority or a device's certificate, signed by another. */
  public static Made signed(
      Made issuer, String subject, Instant from, Instant until, boolean authority) {
    return made(issuer, subject, from, until, authority, null);
  }

  /** A server's certificate. */
  public static Made server(Made issuer, String subject, Instant from, Instant until) {
    return made(issuer, subject, from, until, false, KeyPurposeId.id_kp_serverAuth);
  }

  private static Made made(
      Made issuer,
      String subject,
      Instant from,
      Instant until,
      boolean authority,
      KeyPurposeId purpose) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256, RANDOM);
      KeyPair keys = generator.generateKeyPair();
      KeyPair signer = issuer == null ? keys : issuer.keys();
      X500Name by =
          issuer == null
              ? new X500Name(subject)
              : X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              by,
              new BigInteger(64, RANDOM).add(BigInteger.ONE),
              Date.from(from),
              Date.from(until),
              new X500Name(subject),
              keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (purpose != null) {
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      }
      return new Made(
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))),
          keys);
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new AssertionError(e);
    }
  }
}
