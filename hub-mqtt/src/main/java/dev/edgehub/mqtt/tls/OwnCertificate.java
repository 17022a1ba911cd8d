package dev.edgehub.mqtt.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate of the hub's own making. Clients trust the authority, which is made once and stays;
 * the server's certificate is made again when its end is near or other names are needed.
 */
final class OwnCertificate implements CertificateSource {

  private static final Logger log = LoggerFactory.getLogger(OwnCertificate.class);

  private static final String AUTHORITY = "ca";
  private static final String SERVER = "server";
  private static final Duration RENEW_BEFORE_END = Duration.ofDays(30);

  private final TlsFolder folder;
  private final String hostname;
  private final SortedSet<ServerName> names;
  private final InstantSource clock;
  private final CertificateMaker maker;
  private @Nullable TlsMaterial present;
  private String problem = "";

  OwnCertificate(
      TlsFolder folder,
      String hostname,
      SortedSet<ServerName> names,
      InstantSource clock,
      SecureRandom random) {
    this.folder = folder;
    this.hostname = hostname;
    this.names = names;
    this.clock = clock;
    this.maker = new CertificateMaker(random);
  }

  @Override
  public Optional<TlsMaterial> look() throws PemException, IOException {
    TlsMaterial known = present;
    if (known != null && isGood(known)) {
      return Optional.empty();
    }
    try {
      TlsMaterial next = known == null ? stored().filter(this::isGood).orElse(null) : null;
      if (next == null) {
        next = issue();
      }
      present = next;
      problem = "";
      return Optional.of(next);
    } catch (PemException e) {
      if (problem.equals(e.getMessage())) {
        return Optional.empty();
      }
      problem = "" + e.getMessage();
      throw e;
    }
  }

  private boolean isGood(TlsMaterial material) {
    Instant end = material.certificate().getNotAfter().toInstant();
    return clock.instant().isBefore(end.minus(RENEW_BEFORE_END))
        && ServerName.of(material.certificate()).equals(names);
  }

  /** What an earlier run has left, if it is whole and its authority still is the one in force. */
  private Optional<TlsMaterial> stored() throws PemException {
    if (!folder.has(AUTHORITY) || !folder.has(SERVER)) {
      return Optional.empty();
    }
    X509Certificate authority = PemFile.certificates(folder.certificate(AUTHORITY)).get(0);
    try {
      TlsMaterial server = folder.read(SERVER);
      server.certificate().verify(authority.getPublicKey());
      return Optional.of(server);
    } catch (PemException | GeneralSecurityException e) {
      log.warn("The server's certificate is made anew why=\"{}\"", e.getMessage());
      return Optional.empty();
    }
  }

  private TlsMaterial issue() throws PemException, IOException {
    TlsMaterial authority = authority();
    TlsMaterial server = maker.server(authority, hostname, names, clock.instant());
    folder.write(SERVER, server);
    log.info(
        "A certificate was made for TLS clients; they must trust {} names={} until={}",
        folder.certificate(AUTHORITY),
        names.stream().map(ServerName::text).toList(),
        server.certificate().getNotAfter().toInstant());
    return server;
  }

  /** Never made anew when there is one: every client would have to be told. */
  private TlsMaterial authority() throws PemException, IOException {
    if (!folder.has(AUTHORITY)) {
      TlsMaterial made = maker.authority("Edge Hub CA " + hostname, clock.instant());
      folder.write(AUTHORITY, made);
      return made;
    }
    try {
      return folder.read(AUTHORITY);
    } catch (PemException e) {
      throw new PemException(
          "a server certificate is needed and the authority cannot sign it: "
              + e.getMessage()
              + "; put the file back, or move "
              + folder.certificate(AUTHORITY)
              + " away for a new authority, which every client must then be given",
          e);
    }
  }

  @Override
  public long pauseMillis() {
    return 60_000;
  }
}
