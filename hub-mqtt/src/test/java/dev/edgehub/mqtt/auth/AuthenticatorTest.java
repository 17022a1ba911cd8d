package dev.edgehub.mqtt.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.identity.Registry;
import dev.edgehub.identity.RegistrySource;
import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.MemoryDocuments;
import dev.edgehub.mqtt.wire.ConnectCode;
import dev.edgehub.mqtt.wire.Packet;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in and who gets which code (protocol reference, section 2.5). */
final class AuthenticatorTest {

  private final MemoryDocuments documents = new MemoryDocuments();
  private final Authenticator authenticator = authenticator(true);

  @Test
  void believesADeviceAndAModule() {
    AuthOutcome device = connect("d", "h/d/?api-version=1");
    AuthOutcome module = connect("d/m", "h/d/m/?api-version=1&DeviceClientType=java%2F2");

    assertEquals("d", assertInstanceOf(AuthOutcome.Accepted.class, device).identity().id());
    AuthOutcome.Accepted accepted = assertInstanceOf(AuthOutcome.Accepted.class, module);
    assertEquals("d/m", accepted.identity().id());
    assertEquals("java/2", accepted.clientType());
  }

  @ParameterizedTest
  @CsvSource({
    "'', h/d/?api-version=1, BAD_CLIENT_ID",
    "'', , BAD_CLIENT_ID",
    "d, , BAD_USER_NAME",
    "d, '', BAD_USER_NAME",
    "d, h/d, BAD_USER_NAME",
    "d, h/d/?api-version=, BAD_USER_NAME",
    "e, h/d/?api-version=1, NOT_AUTHORIZED",
    "D, h/d/?api-version=1, NOT_AUTHORIZED",
    "d, h/d/m/?api-version=1, NOT_AUTHORIZED",
    "d/m, h/d/?api-version=1, NOT_AUTHORIZED",
    "d/$edgeHub, h/d/$edgeHub/?api-version=1, NOT_AUTHORIZED",
    "d/$edgeAgent, h/d/$edgeAgent/?api-version=1, NOT_AUTHORIZED",
    "d/$any, h/d/$any/?api-version=1, NOT_AUTHORIZED",
  })
  void refuses(String clientId, @Nullable String userName, ConnectCode code) {
    AuthOutcome outcome = connect(clientId, userName);

    AuthOutcome.Refused refused = assertInstanceOf(AuthOutcome.Refused.class, outcome);
    assertEquals(code, refused.code());
    assertTrue(refused.sentence().length() > 20, refused.sentence());
    assertTrue(refused.reason().matches("[a-z_]+"), refused.reason());
  }

  @Test
  void believesNobodyWithoutTrustLocal() {
    Authenticator strict = authenticator(false);

    AuthOutcome outcome = strict.authenticate(packet("d", "h/d/?api-version=1"), Origin.LOCAL);

    assertEquals(
        ConnectCode.NOT_AUTHORIZED, assertInstanceOf(AuthOutcome.Refused.class, outcome).code());
  }

  @Test
  void registersOnlySoManyNamesAndAsksTheOthersToComeBack() {
    connect("a", "h/a/?api-version=1");
    connect("b", "h/b/?api-version=1");

    AuthOutcome third = connect("c", "h/c/?api-version=1");
    AuthOutcome known = connect("a", "h/a/?api-version=1");

    assertEquals(
        ConnectCode.UNAVAILABLE, assertInstanceOf(AuthOutcome.Refused.class, third).code());
    assertInstanceOf(AuthOutcome.Accepted.class, known);
  }

  @Test
  void namesOfEarlierRunsCount() {
    connect("a", "h/a/?api-version=1");
    connect("b", "h/b/?api-version=1");
    Authenticator nextRun = authenticator(true);

    AuthOutcome known = nextRun.authenticate(packet("b", "h/b/?api-version=1"), Origin.LOCAL);
    AuthOutcome third = nextRun.authenticate(packet("c", "h/c/?api-version=1"), Origin.LOCAL);

    assertInstanceOf(AuthOutcome.Accepted.class, known);
    assertInstanceOf(AuthOutcome.Refused.class, third);
  }

  @Test
  void aRefusedNameIsNotRegistered() {
    connect("x", "h/d/?api-version=1");
    connect("d/$edgeHub", "h/d/$edgeHub/?api-version=1");

    assertTrue(documents.all("identities-trusted-locally").isEmpty());
  }

  private Authenticator authenticator(boolean trustLocal) {
    return new Authenticator(
        trustLocal,
        new LocalIdentities(documents, 2),
        new Credentials(
            Config.of(),
            RegistrySource.fixed(Registry.EMPTY),
            ClientAuthorities.of(null),
            InstantSource.system()));
  }

  private AuthOutcome connect(String clientId, @Nullable String userName) {
    return authenticator.authenticate(packet(clientId, userName), Origin.LOCAL);
  }

  private static Packet.Connect packet(String clientId, @Nullable String userName) {
    return new Packet.Connect(4, clientId, userName, null, false, 60, null);
  }
}
