package dev.edgehub.mqtt.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.error.HubException;
import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.RegistrySource;
import dev.edgehub.identity.SasKey;
import dev.edgehub.identity.Thumbprint;
import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.testing.ClientCertificates;
import dev.edgehub.mqtt.testing.ClientCertificates.Made;
import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.MemoryDocuments;
import dev.edgehub.mqtt.wire.ConnectCode;
import dev.edgehub.mqtt.wire.Packet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that come in with a certificate (protocol reference, section 2.4). */
final class CertificateCheckTest {

  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  private static final Instant FROM = NOW.minus(Duration.ofDays(1));
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(1));
  private static final Identity LEAF = new Identity.Device("leaf");

  @TempDir Path directory;
  private final Made root = ClientCertificates.authority("CN=root", FROM, UNTIL);

  @ParameterizedTest
  @ValueSource(strings = {"SHA-1", "SHA-256"})
  void takesEitherThumbprintInAnyForm(String algorithm) throws Exception {
    Made own = ClientCertificates.selfSigned("CN=anything", FROM, UNTIL);
    String hex =
        HexFormat.ofDelimiter(":")
            .formatHex(MessageDigest.getInstance(algorithm).digest(own.certificate().getEncoded()));
    Thumbprint right = Thumbprint.parse(hex.toUpperCase(Locale.ROOT)).orElseThrow();
    Thumbprint other = new Thumbprint("00".repeat(20));

    assertAccepted(connect(new Credential.SelfSigned(right, null), null, own));
    assertAccepted(connect(new Credential.SelfSigned(other, right), null, own));
    String sentence =
        assertRefused(
            "certificate_thumbprint", connect(new Credential.SelfSigned(other, null), null, own));
    assertTrue(sentence.contains(Thumbprint.sha256(own.certificate()).hex()), sentence);
  }

  @Test
  void looksAtTheDatesOfACertificateKnownByItsThumbprint() {
    for (Instant[] dates :
        new Instant[][] {
          {FROM, NOW}, {NOW.plusSeconds(1), UNTIL},
        }) {
      Made own = ClientCertificates.selfSigned("CN=leaf", dates[0], dates[1]);

      assertRefused("certificate_dates", connect(known(own), null, own));
    }
  }

  @Test
  void aGrantEndsWithItsCertificate() {
    Made own = ClientCertificates.selfSigned("CN=leaf", FROM, UNTIL);
    Grant grant = assertAccepted(connect(known(own), null, own));

    assertNull(grant.whyEnded(UNTIL.toEpochMilli() - 1));
    assertEquals("its certificate has expired", grant.whyEnded(UNTIL.toEpochMilli()));
  }

  @Test
  void takesAChainToTheAuthorityWithTheDevicesName() throws Exception {
    Made between = ClientCertificates.signed(root, "CN=between", FROM, UNTIL, true);
    Made own = ClientCertificates.signed(between, "O=plant,CN=leaf", FROM, UNTIL, false);
    Made direct = ClientCertificates.signed(root, "CN=leaf", FROM, UNTIL, false);
    Path ca = pem(root);

    assertAccepted(connect(new Credential.Authority(), ca, direct));
    assertAccepted(connect(new Credential.Authority(), ca, direct, root));
    assertAccepted(connect(new Credential.Authority(), ca, own, between));
    assertAccepted(connect(new Credential.Authority(), ca, own, between, root));
    assertRefused("certificate_chain", connect(new Credential.Authority(), ca, own));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CN=other", "CN=LEAF", "O=leaf", "CN=leaf,CN=other", "CN=leaf+CN=x"})
  void refusesAnotherName(String subject) throws Exception {
    Made own = ClientCertificates.signed(root, subject, FROM, UNTIL, false);

    assertRefused("certificate_chain", connect(new Credential.Authority(), pem(root), own));
  }

  @Test
  void refusesWhatTheAuthorityDidNotSignForAClient() throws Exception {
    Made stranger = ClientCertificates.authority("CN=root", FROM, UNTIL);
    Made byStranger = ClientCertificates.signed(stranger, "CN=leaf", FROM, UNTIL, false);
    Made itself = ClientCertificates.selfSigned("CN=leaf", FROM, UNTIL);
    Made noAuthority = ClientCertificates.signed(root, "CN=device", FROM, UNTIL, false);
    Made byDevice = ClientCertificates.signed(noAuthority, "CN=leaf", FROM, UNTIL, false);
    Made server = ClientCertificates.server(root, "CN=leaf", FROM, UNTIL);
    Path ca = pem(root);

    for (Made[] chain :
        new Made[][] {
          {byStranger}, {byStranger, stranger}, {itself}, {byDevice, noAuthority}, {server}
        }) {
      assertRefused("certificate_chain", connect(new Credential.Authority(), ca, chain));
    }
  }

  @Test
  void refusesAChainThatIsTooLong() throws Exception {
    List<Made> chain = new ArrayList<>(List.of(root));
    for (int i = 0; i < ClientAuthorities.MAX_CHAIN; i++) {
      chain.add(0, ClientCertificates.signed(chain.get(0), "CN=leaf", FROM, UNTIL, true));
    }
    String sentence =
        assertRefused(
            "certificate_chain",
            connect(new Credential.Authority(), pem(root), chain.toArray(Made[]::new)));

    assertTrue(sentence.contains("at most"), sentence);
  }

  @Test
  void refusesEverybodyWithoutAuthorities() {
    Made own = ClientCertificates.signed(root, "CN=leaf", FROM, UNTIL, false);

    assertRefused("certificate_chain", connect(new Credential.Authority(), null, own));
  }

  @Test
  void aCertificateIsNoUseToWhoHasKeysOrIsAModule() {
    Made own = ClientCertificates.selfSigned("CN=leaf", FROM, UNTIL);
    SasKey key = SasKey.generate(new Random(1));
    assertRefused("credential_type", connect(new Credential.Sas(key, null), null, own));

    Identity module = new Identity.Module("leaf", "m");
    assertRefused("certificate_module", connect(module, known(own), null, null, own));
  }

  @Test
  void aPasswordCountsBeforeACertificate() {
    Made own = ClientCertificates.selfSigned("CN=leaf", FROM, UNTIL);

    assertRefused("token_form", connect(LEAF, known(own), null, "x", own));
    assertAccepted(connect(LEAF, known(own), null, "", own));
  }

  @Test
  void aFileWithoutCertificatesIsTheOperatorsToMend() throws IOException {
    Path empty = directory.resolve("empty.pem");
    Files.writeString(empty, "nothing");

    assertThrows(HubException.class, () -> ClientAuthorities.of(empty));
    assertThrows(HubException.class, () -> ClientAuthorities.of(directory.resolve("absent")));
  }

  private Path pem(Made authority) throws IOException, GeneralSecurityException {
    Path file = directory.resolve("clients.pem");
    Files.writeString(
        file,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(authority.certificate().getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    return file;
  }

  private static Credential known(Made made) {
    return new Credential.SelfSigned(Thumbprint.sha256(made.certificate()), null);
  }

  private static AuthOutcome connect(Credential credential, @Nullable Path ca, Made... chain) {
    return connect(LEAF, credential, ca, null, chain);
  }

  private static AuthOutcome connect(
      Identity identity,
      Credential credential,
      @Nullable Path ca,
      @Nullable String password,
      Made... chain) {
    Registry registry = Registry.of(List.of(new RegisteredIdentity(identity, true, credential)));
    Authenticator authenticator =
        new Authenticator(
            true,
            new LocalIdentities(new MemoryDocuments(), 10),
            new Credentials(
                Config.of(), RegistrySource.fixed(registry), ClientAuthorities.of(ca), () -> NOW));
    List<X509Certificate> shown = Arrays.stream(chain).map(Made::certificate).toList();
    byte[] bytes = password == null ? null : password.getBytes(StandardCharsets.UTF_8);
    return authenticator.authenticate(
        new Packet.Connect(
            4, identity.id(), "h/" + identity.id() + "/?api-version=1", bytes, false, 60, null),
        new Origin(Transport.TLS, false, shown));
  }

  private static Grant assertAccepted(AuthOutcome outcome) {
    return assertInstanceOf(AuthOutcome.Accepted.class, outcome, "" + outcome).grant();
  }

  private static String assertRefused(String reason, AuthOutcome outcome) {
    AuthOutcome.Refused refused =
        assertInstanceOf(AuthOutcome.Refused.class, outcome, "" + outcome);
    assertEquals(reason, refused.reason(), refused.sentence());
    assertEquals(ConnectCode.NOT_AUTHORIZED, refused.code());
    return refused.sentence();
  }
}
