package dev.edgehub.mqtt.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.RegistrySource;
import dev.edgehub.identity.SasKey;
import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.MemoryDocuments;
import dev.edgehub.mqtt.wire.ConnectCode;
import dev.edgehub.mqtt.wire.Packet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in with which token, and how long that holds (protocol reference, 2.3 and 2.5). */
final class CredentialsTest {

  private static final Origin REMOTE = new Origin(Transport.TLS, false, List.of());
  private static final String HUB = "local.azure-devices.net";
  private static final long NOW = 1_800_000_000;

  private final Random random = new Random(7);
  private final SasKey primary = SasKey.generate(random);
  private final SasKey secondary = SasKey.generate(random);
  private final SasKey deviceKey = SasKey.generate(random);
  private final Identity.Device device = new Identity.Device("edge");
  private final Identity.Module module = new Identity.Module("edge", "filter");
  private final Changing registry = new Changing();
  private Instant now = Instant.ofEpochSecond(NOW);

  private final Authenticator authenticator =
      new Authenticator(
          true,
          new LocalIdentities(new MemoryDocuments(), 10),
          new Credentials(
              Config.of("hostname=gateway.plant"),
              registry,
              ClientAuthorities.of(null),
              () -> now));

  CredentialsTest() {
    register(device, new Credential.Sas(deviceKey, null));
    register(module, new Credential.Sas(primary, secondary));
  }

  @Test
  void takesThePrimaryTheSecondaryAndTheDevicesKey() {
    for (SasKey key : List.of(primary, secondary, deviceKey)) {
      assertAccepted(connect(module, token(HUB, module, key, NOW + 60)));
    }
    assertAccepted(connect(device, token(HUB, device, deviceKey, NOW + 60)));
  }

  @Test
  void aModuleMayShowAnAudienceOfItsDevice() {
    assertAccepted(connect(module, token(HUB, device, deviceKey, NOW + 60)));
    assertAccepted(connect(module, token(HUB, device, primary, NOW + 60)));
  }

  @Test
  void aDeviceMayNotComeInWithWhatIsAModules() {
    assertRefused("audience", connect(device, token(HUB, module, deviceKey, NOW + 60)));
    assertRefused("signature", connect(device, token(HUB, device, primary, NOW + 60)));
  }

  @ParameterizedTest
  @ValueSource(strings = {HUB, "LOCAL.Azure-Devices.NET", "gateway.plant", "GATEWAY.plant"})
  void takesTheHubsNamesInAnyCase(String host) {
    assertAccepted(connect(module, token(host, module, primary, NOW + 60)));
  }

  @Test
  void refusesATokenForAnotherHub() {
    String sentence =
        assertRefused("audience", connect(module, token("other.net", module, primary, NOW + 60)));

    assertTrue(sentence.contains("other.net") && sentence.contains(HUB), sentence);
  }

  @Test
  void refusesAnotherKeyAndANeighboursToken() {
    SasKey other = SasKey.generate(random);
    assertRefused("signature", connect(module, token(HUB, module, other, NOW + 60)));
    Identity neighbour = new Identity.Module("edge", "neighbour");
    assertRefused("audience", connect(module, token(HUB, neighbour, primary, NOW + 60)));
  }

  @Test
  void takesATokenUntilFiveMinutesAfterItsEnd() {
    assertAccepted(connect(module, token(HUB, module, primary, NOW - 299)));
    String sentence =
        assertRefused("expired", connect(module, token(HUB, module, primary, NOW - 300)));

    assertTrue(sentence.contains("2027-01-15T07:55:00Z"), sentence);
    assertTrue(sentence.contains("2027-01-15T08:00:00Z"), sentence);
  }

  @Test
  void aTokenOfAPolicyIsNeverHeldAgainstAnIdentitysKeys() {
    String policy = token(HUB, module, primary, NOW + 60) + "&skn=iothubowner";

    assertRefused("policy_token", connect(module, policy));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "SharedAccessSignature sr=x", "SharedAccessKey=abc"})
  void refusesAPasswordThatIsNoToken(String password) {
    String sentence = assertRefused("token_form", connect(module, password));

    assertFalse(sentence.contains(password), sentence);
  }

  @Test
  void refusesWhoShowsNothing() {
    assertRefused("no_credential", connect(module, null));
    assertRefused("no_credential", connect(module, ""));
  }

  @Test
  void refusesWhoIsNotRegistered() {
    Identity stranger = new Identity.Module("edge", "stranger");
    String sentence =
        assertRefused(
            "unknown_identity", connect(stranger, token(HUB, stranger, deviceKey, NOW + 60)));

    assertTrue(sentence.contains("edge-hub identity add edge/stranger"), sentence);
  }

  @Test
  void refusesTheDisabledAndTheModulesOfADisabledDevice() {
    registry.now = registry.now.with(entry(module, new Credential.Sas(primary, null), false));
    assertRefused("disabled", connect(module, token(HUB, module, primary, NOW + 60)));

    register(module, new Credential.Sas(primary, null));
    registry.now = registry.now.with(entry(device, new Credential.Sas(deviceKey, null), false));
    assertRefused("disabled", connect(module, token(HUB, module, primary, NOW + 60)));
  }

  @Test
  void aPasswordOfSomebodyWithACertificateIsRefused() {
    register(device, new Credential.Authority());

    assertRefused("credential_type", connect(device, token(HUB, device, deviceKey, NOW + 60)));
  }

  @Test
  void theHubsOwnModulesNeedTheirCredential() {
    Identity own = new Identity.Module("edge", "$edgeHub");
    assertRefused("reserved_id", connectLocally(own, null));
    assertRefused("reserved_id", connect(own, token(HUB, own, deviceKey, NOW + 60)));

    register(own, new Credential.None());
    assertRefused("no_credential", connectLocally(own, null));

    register(own, new Credential.Sas(primary, null));
    assertAccepted(connect(own, token(HUB, own, primary, NOW + 60)));
  }

  @Test
  void trustLocalBelievesNobodyWhoHasACredentialOrIsDisabled() {
    assertRefused("no_credential", connectLocally(module, null));
    assertRefused("signature", connectLocally(module, token(HUB, module, random(), NOW + 60)));
    assertAccepted(connectLocally(module, token(HUB, module, primary, NOW + 60)));

    Identity plain = new Identity.Module("edge", "plain");
    assertAccepted(connectLocally(plain, null));
    registry.now = registry.now.with(entry(plain, new Credential.None(), false));
    assertRefused("disabled", connectLocally(plain, null));
    register(plain, new Credential.None());
    assertAccepted(connectLocally(plain, null));
    assertRefused("no_credential", connect(plain, null));
  }

  @Test
  void aModuleWithoutKeysOfItsOwnMayUseItsDevices() {
    Identity plain = new Identity.Module("edge", "plain");
    register(plain, new Credential.None());

    assertAccepted(connect(plain, token(HUB, plain, deviceKey, NOW + 60)));
  }

  @Test
  void nobodyIsSentAwayForGoodWhileTheRegistryCannotBeRead() {
    registry.current = false;

    AuthOutcome outcome = connect(module, token(HUB, module, random(), NOW + 60));

    AuthOutcome.Refused refused = assertInstanceOf(AuthOutcome.Refused.class, outcome);
    assertEquals(ConnectCode.UNAVAILABLE, refused.code());
    assertAccepted(connect(module, token(HUB, module, primary, NOW + 60)));
  }

  @Test
  void whoWasRegisteredAMomentAgoIsNotRefused() {
    Identity late = new Identity.Module("edge", "late");
    registry.newer = registry.now.with(entry(late, new Credential.Sas(primary, null), true));

    assertAccepted(connect(late, token(HUB, late, primary, NOW + 60)));
  }

  @Test
  void anotherHubThatActsForAClientIsAskedToComeBack() {
    AuthOutcome outcome =
        authenticate(
            module, token(HUB, module, primary, NOW + 60), REMOTE, "&auth-chain=edge%2Ffilter;l3");

    AuthOutcome.Refused refused = assertInstanceOf(AuthOutcome.Refused.class, outcome);
    assertEquals(ConnectCode.UNAVAILABLE, refused.code());
    assertEquals("on_behalf_of", refused.reason());
  }

  @Test
  void aParentTakesAChildHubThatComesForItself() {
    Identity child = new Identity.Module("l3", "$edgeHub");
    register(child, new Credential.Sas(primary, null));

    assertAccepted(
        authenticate(
            child,
            token(HUB, child, primary, NOW + 60),
            REMOTE,
            "&auth-chain=l3%2F%24edgeHub%3Bl3"));
  }

  @Test
  void aGrantEndsWithItsTokenAndTheSkew() {
    Grant grant = assertAccepted(connect(module, token(HUB, module, primary, NOW + 60)));

    assertEquals(1_000 * (NOW + 360), grant.expiresAtMillis());
    assertNull(grant.whyEnded(1_000 * (NOW + 360) - 1));
    assertEquals("its token has expired", grant.whyEnded(1_000 * (NOW + 360)));
  }

  @ParameterizedTest
  @CsvSource({"primary, true", "secondary, true", "third, false"})
  void aGrantSurvivesARotationAsLongAsItsKeyIsThere(String kept, boolean survives) {
    Grant grant = assertAccepted(connect(module, token(HUB, module, primary, NOW + 60)));
    SasKey other = random();
    register(
        module,
        switch (kept) {
          case "primary" -> new Credential.Sas(primary, other);
          case "secondary" -> new Credential.Sas(other, primary);
          default -> new Credential.Sas(other, secondary);
        });

    assertEquals(survives, grant.whyEnded(1_000 * NOW) == null);
  }

  @Test
  void aGrantEndsWhenItsIdentityIsRemovedOrDisabledOrItsDeviceIs() {
    Grant byOwnKey = assertAccepted(connect(module, token(HUB, module, primary, NOW + 60)));
    Grant byDevice = assertAccepted(connect(module, token(HUB, module, deviceKey, NOW + 60)));
    assertNull(byOwnKey.whyEnded(0));

    registry.now = registry.now.with(entry(device, new Credential.Sas(deviceKey, null), false));
    assertEquals("its device is disabled", byOwnKey.whyEnded(0));
    registry.now = Registry.of(List.of(entry(module, new Credential.Sas(primary, null), true)));
    assertNull(byOwnKey.whyEnded(0));
    assertEquals("the key that signed its token was changed", byDevice.whyEnded(0));
    registry.now = registry.now.with(entry(module, new Credential.Sas(primary, null), false));
    assertEquals("it is disabled", byOwnKey.whyEnded(0));
    registry.now = Registry.EMPTY;
    assertEquals("it was removed from the identity registry", byOwnKey.whyEnded(0));
  }

  @Test
  void whoWasBelievedIsNotWhenItGetsACredential() {
    Identity plain = new Identity.Module("edge", "plain");
    Grant grant = assertAccepted(connectLocally(plain, null));
    register(plain, new Credential.None());
    assertNull(grant.whyEnded(0));

    register(plain, new Credential.Sas(primary, null));

    assertEquals("it has got a credential, which it did not show", grant.whyEnded(0));
  }

  @Test
  void noSentenceHoldsAKeyOrASignature() {
    String token = token(HUB, module, random(), NOW + 60);
    String sentence = assertRefused("signature", connect(module, token));

    assertFalse(sentence.contains(primary.reveal()), sentence);
    assertFalse(sentence.contains(token.substring(token.indexOf("sig=") + 4)), sentence);
    assertFalse(new Credential.Sas(primary, secondary).toString().contains(primary.reveal()));
  }

  private SasKey random() {
    return SasKey.generate(random);
  }

  private static String token(String host, Identity identity, SasKey key, long expiry) {
    return SasTokenWriter.write(host, identity, key, expiry);
  }

  private AuthOutcome connect(Identity identity, @Nullable String password) {
    return authenticate(identity, password, REMOTE, "");
  }

  private AuthOutcome connectLocally(Identity identity, @Nullable String password) {
    return authenticate(identity, password, Origin.LOCAL, "");
  }

  private AuthOutcome authenticate(
      Identity identity, @Nullable String password, Origin origin, String more) {
    byte[] bytes = password == null ? null : password.getBytes(StandardCharsets.UTF_8);
    String userName = "h/" + identity.id() + "/?api-version=1" + more;
    return authenticator.authenticate(
        new Packet.Connect(4, identity.id(), userName, bytes, false, 60, null), origin);
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

  private void register(Identity identity, Credential credential) {
    registry.now = registry.now.with(entry(identity, credential, true));
  }

  private static RegisteredIdentity entry(
      Identity identity, Credential credential, boolean enabled) {
    return new RegisteredIdentity(identity, enabled, credential);
  }

  /** A registry that the test changes. */
  private static final class Changing implements RegistrySource {
    private Registry now = Registry.EMPTY;
    private @Nullable Registry newer;
    private boolean current = true;

    @Override
    public Registry current() {
      return now;
    }

    @Override
    public Registry lookAgain() {
      now = newer == null ? now : newer;
      return now;
    }

    @Override
    public boolean isCurrent() {
      return current;
    }
  }
}
