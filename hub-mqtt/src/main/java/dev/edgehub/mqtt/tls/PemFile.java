package dev.edgehub.mqtt.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads certificates and keys from PEM files. Any thread that may block. */
public final class PemFile {

  private static final int MAX_BYTES = 4 << 20;

  private PemFile() {}

  /**
   * All certificates of a file, in order; at least one.
   *
   * @throws PemException when there is none, or one that cannot be read
   */
  public static List<X509Certificate> certificates(Path file) throws PemException {
    return certificates(file, read(file));
  }

  /**
   * The private key of a file: PKCS#8, or the older forms of RSA and EC; not encrypted.
   *
   * @throws PemException when there is none, or it cannot be read
   */
  public static PrivateKey privateKey(Path file) throws PemException {
    return privateKey(file, read(file));
  }

  static List<X509Certificate> certificates(Path file, byte[] bytes) throws PemException {
    List<X509Certificate> certificates = new ArrayList<>();
    List<PemBlock> blocks = blocks(file, bytes);
    for (PemBlock block : blocks) {
      if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
        certificates.add(certificate(file, block));
      }
    }
    if (certificates.isEmpty()) {
      throw new PemException(
          file
              + ": expected a PEM file with a block \"BEGIN CERTIFICATE\", found "
              + found(blocks)
              + "; a DER file becomes one with: openssl x509 -inform der -in FILE -out FILE.pem");
    }
    return certificates;
  }

  private static X509Certificate certificate(Path file, PemBlock block) throws PemException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.der()));
    } catch (CertificateException e) {
      throw new PemException(file + ": a certificate cannot be read (" + e.getMessage() + ")", e);
    }
  }

  static PrivateKey privateKey(Path file, byte[] bytes) throws PemException {
    List<PemBlock> blocks = blocks(file, bytes);
    for (PemBlock block : blocks) {
      if (block.encrypted() || block.label().equals("ENCRYPTED PRIVATE KEY")) {
        throw new PemException(
            file
                + ": expected a private key in the clear, found an encrypted one; decrypt it with:"
                + " openssl pkey -in FILE -out KEY.pem");
      }
      if (block.label().endsWith("PRIVATE KEY")) {
        return PrivateKeys.read(file, block);
      }
    }
    throw new PemException(
        file
            + ": expected a PEM file with a block \"BEGIN PRIVATE KEY\" (or RSA or EC PRIVATE KEY),"
            + " found "
            + found(blocks));
  }

  private static List<PemBlock> blocks(Path file, byte[] bytes) throws PemException {
    try {
      return PemBlock.parse(new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (PemException e) {
      throw new PemException(file + ": " + e.getMessage());
    }
  }

  private static String found(List<PemBlock> blocks) {
    return blocks.isEmpty()
        ? "none"
        : blocks.stream().map(PemBlock::label).distinct().collect(Collectors.joining(", "));
  }

  static byte[] read(Path file) throws PemException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new PemException(file + ": expected a PEM file of at most " + MAX_BYTES + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new PemException(
          file + ": cannot be read (" + e + "); check that it is there and who may read it", e);
    }
  }
}
