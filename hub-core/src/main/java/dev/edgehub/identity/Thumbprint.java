package dev.edgehub.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The digest by which a certificate is known: SHA-1 (40 hexadecimal digits) or SHA-256 (64).
 *
 * @param hex lower case, without colons
 */
public record Thumbprint(String hex) {

  private static final int SHA1_DIGITS = 40;
  private static final int SHA256_DIGITS = 64;

  public Thumbprint {
    if (!hex.matches("[0-9a-f]*") || (hex.length() != SHA1_DIGITS && !isSha256(hex))) {
      throw new IllegalArgumentException("not a thumbprint");
    }
  }

  /** Reads one in any case, with or without colons or blanks between the bytes. */
  public static Optional<Thumbprint> parse(String text) {
    if (text.length() > 2 * SHA256_DIGITS) {
      return Optional.empty();
    }
    String hex = text.replace(":", "").replace(" ", "").toLowerCase(Locale.ROOT);
    boolean fits = hex.length() == SHA1_DIGITS || isSha256(hex);
    return fits && hex.matches("[0-9a-f]+") ? Optional.of(new Thumbprint(hex)) : Optional.empty();
  }

  /** Whether the certificate has this thumbprint. */
  public boolean isOf(X509Certificate certificate) {
    return MessageDigest.isEqual(
        digest(isSha256(hex) ? "SHA-256" : "SHA-1", certificate), HexFormat.of().parseHex(hex));
  }

  /** The SHA-256 thumbprint of a certificate. */
  public static Thumbprint sha256(X509Certificate certificate) {
    return new Thumbprint(HexFormat.of().formatHex(digest("SHA-256", certificate)));
  }

  private static byte[] digest(String algorithm, X509Certificate certificate) {
    try {
      return MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate that was read has an encoding", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  private static boolean isSha256(String hex) {
    return hex.length() == SHA256_DIGITS;
  }
}
