package dev.edgehub.mqtt.tls;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operator's files, polled as the manifest is (decision 0011). The two of them cannot be
 * replaced at once, so a change counts when a second look finds the same.
 */
final class OperatorFiles implements CertificateSource {

  private final Path certificateFile;
  private final Path keyFile;
  private final InstantSource clock;
  private @Nullable Contents judged;
  private @Nullable Contents seen;
  private String unreadable = "";

  private record Contents(byte[] certificate, byte[] key) {
    boolean sameAs(@Nullable Contents other) {
      return other != null
          && Arrays.equals(certificate, other.certificate)
          && Arrays.equals(key, other.key);
    }
  }

  OperatorFiles(Path certificateFile, Path keyFile, InstantSource clock) {
    this.certificateFile = certificateFile;
    this.keyFile = keyFile;
    this.clock = clock;
  }

  @Override
  public Optional<TlsMaterial> look() throws PemException {
    Contents now;
    try {
      now = new Contents(PemFile.read(certificateFile), PemFile.read(keyFile));
    } catch (PemException e) {
      if (unreadable.equals(e.getMessage())) {
        return Optional.empty();
      }
      unreadable = "" + e.getMessage();
      judged = null; // whatever comes next is news
      throw e;
    }
    boolean first = judged == null && seen == null;
    boolean settled = now.sameAs(seen);
    seen = now;
    unreadable = "";
    if (now.sameAs(judged) || !(first || settled)) {
      return Optional.empty();
    }
    judged = now;
    return Optional.of(material(now, first));
  }

  private TlsMaterial material(Contents contents, boolean first) throws PemException {
    List<X509Certificate> chain = PemFile.certificates(certificateFile, contents.certificate());
    PrivateKey key = PemFile.privateKey(keyFile, contents.key());
    TlsMaterial material = new TlsMaterial(chain, key);
    if (!material.fits()) {
      throw new PemException(
          keyFile
              + ": expected the private key of the first certificate in "
              + certificateFile
              + " ("
              + material.certificate().getSubjectX500Principal()
              + "), found another; put the server's certificate first and its issuers after it");
    }
    // at the start there is no better one
    if (!first && clock.instant().isAfter(material.certificate().getNotAfter().toInstant())) {
      throw new PemException(
          certificateFile
              + ": expected a certificate that is valid today, found one that ended on "
              + material.certificate().getNotAfter().toInstant());
    }
    return material;
  }

  @Override
  public long pauseMillis() {
    return 1_000;
  }
}
