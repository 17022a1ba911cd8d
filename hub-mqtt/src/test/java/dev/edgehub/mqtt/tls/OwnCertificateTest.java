package dev.edgehub.mqtt.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authority and the certificate that the hub makes for itself. */
final class OwnCertificateTest {

  @TempDir Path directory;
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");

  private OwnCertificate of(String hostname, String... listeningOn) {
    return new OwnCertificate(
        new TlsFolder(directory),
        hostname,
        ServerName.of(hostname, List.of(listeningOn)),
        () -> now,
        new SecureRandom());
  }

  private X509Certificate made(OwnCertificate source) throws PemException, IOException {
    return source.look().orElseThrow().certificate();
  }

  private X509Certificate authority() throws PemException {
    return PemFile.certificates(directory.resolve("ca.pem")).get(0);
  }

  private static String names(X509Certificate certificate) {
    return ServerName.of(certificate).stream()
        .map(ServerName::text)
        .collect(Collectors.joining(" "));
  }

  @Test
  void carriesEveryNameThatClientsMayUse() throws Exception {
    X509Certificate named = made(of("Gateway.example", "192.168.7.8", "0.0.0.0"));
    now = now.plusSeconds(1);
    X509Certificate numbered = made(of("10.1.2.3", "::"));

    assertEquals("gateway.example localhost 127.0.0.1 192.168.7.8 ::1", names(named));
    assertEquals("localhost 10.1.2.3 127.0.0.1 ::1", names(numbered));
  }

  @Test
  void isSignedByAnAuthorityThatMaySignServersOnly() throws Exception {
    X509Certificate server = made(of("gateway"));

    server.verify(authority().getPublicKey());
    server.checkValidity(Date.from(now));
    assertEquals(0, authority().getBasicConstraints());
    assertEquals(-1, server.getBasicConstraints());
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), server.getExtendedKeyUsage());
    assertTrue(authority().getNotAfter().toInstant().isAfter(now.plus(Duration.ofDays(9_000))));
  }

  @Test
  void staysTheSameAfterARestart() throws Exception {
    OwnCertificate first = of("gateway");
    X509Certificate made = made(first);

    assertEquals(Optional.empty(), first.look());
    assertEquals(made, made(of("gateway")));
  }

  @Test
  void isMadeAgainByTheSameAuthorityForOtherNames() throws Exception {
    X509Certificate before = made(of("gateway"));
    X509Certificate authority = authority();
    X509Certificate after = made(of("renamed"));

    assertNotEquals(before, after);
    assertEquals(authority, authority());
    after.verify(authority.getPublicKey());
  }

  @Test
  void isMadeAgainWhileRunningBeforeItEnds() throws Exception {
    OwnCertificate source = of("gateway");
    X509Certificate before = made(source);
    now = now.plus(Duration.ofDays(334));
    Optional<TlsMaterial> early = source.look();
    now = now.plus(Duration.ofDays(2));
    X509Certificate after = made(source);

    assertEquals(Optional.empty(), early);
    assertTrue(after.getNotAfter().toInstant().isAfter(before.getNotAfter().toInstant()));
    after.verify(authority().getPublicKey());
  }

  @Test
  void lastsBeyondTodayWhenTheClockIsNotSetYet() throws Exception {
    now = Instant.EPOCH.plusSeconds(100);
    X509Certificate server = made(of("gateway"));

    server.checkValidity(Date.from(Instant.parse("2026-06-01T00:00:00Z")));
    assertTrue(
        authority().getNotAfter().toInstant().isAfter(Instant.parse("2050-01-01T00:00:00Z")));
  }

  /** A kill between the two files leaves a key that is not the certificate's. */
  @Test
  void isMadeAgainWhenAKillLeftItHalfWritten() throws Exception {
    X509Certificate before = made(of("gateway"));
    TlsFolder folder = new TlsFolder(directory);
    Files.writeString(folder.key("server"), Files.readString(folder.key("ca")));
    Files.writeString(directory.resolve("server.pem.new"), "half");
    X509Certificate after = made(of("gateway"));

    assertNotEquals(before, after);
    assertTrue(folder.read("server").fits());
  }

  @Test
  void isMadeAnewWithItsAuthorityWhenTheFirstStartWasKilled() throws Exception {
    made(of("gateway"));
    Files.delete(directory.resolve("ca.pem")); // only the key was there yet
    X509Certificate after = made(of("gateway"));

    after.verify(authority().getPublicKey());
  }

  @Test
  void needsTheAuthoritysKeyOnlyToSign()
      throws IOException, PemException, GeneralSecurityException {
    X509Certificate before = made(of("gateway"));
    Files.delete(directory.resolve("ca.key"));

    assertEquals(before, made(of("gateway")));
    OwnCertificate renamed = of("renamed");
    String said = "" + assertThrows(PemException.class, renamed::look).getMessage();
    assertTrue(said.contains("ca.key") && said.contains("put the file back"), said);
    before.verify(authority().getPublicKey());
  }
}
