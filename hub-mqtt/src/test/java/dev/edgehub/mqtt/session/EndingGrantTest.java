package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.RegistrySource;
import dev.edgehub.identity.SasKey;
import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.auth.SasTokenWriter;
import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.HeldStore;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.Services;
import dev.edgehub.mqtt.wire.ConnectCode;
import dev.edgehub.mqtt.wire.Packet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connections that end because what let them in does not hold any more. */
@ExtendWith(DefectWatch.class)
final class EndingGrantTest {

  private static final long NOW = 1_800_000_000;
  private static final Identity SENSOR = new Identity.Module("edge", "sensor");

  private final SasKey key = SasKey.generate(new Random(5));
  private final Changing registry = new Changing();
  private final Services services =
      new Services(
          Config.of(),
          new HeldStore(),
          Manifests.of("FROM /* INTO $upstream"),
          registry,
          () -> Instant.ofEpochSecond(NOW));

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void aConnectionEndsWithItsToken() {
    EmbeddedClient client = connected(SENSOR);

    review(NOW + 60 + 299);
    assertTrue(client.isOpen());
    review(NOW + 60 + 300);
    assertFalse(client.isOpen());
    assertEquals(0, services.get().directory().size());
    assertEquals(Map.of("maximum_connect_time", 1), services.closed());
  }

  @Test
  void aConnectionEndsWhenItsKeyIsChangedAndOthersGoOn() {
    EmbeddedClient client = connected(SENSOR);
    EmbeddedClient other = EmbeddedClient.connected(services.get(), "edge/other");
    review(NOW);
    assertTrue(client.isOpen());

    registry.now =
        registry.now.with(
            new RegisteredIdentity(
                SENSOR, true, new Credential.Sas(SasKey.generate(new Random(6)), null)));
    review(NOW);

    assertFalse(client.isOpen());
    assertTrue(other.isOpen());
    assertEquals(Map.of("not_authorized", 1), services.closed());
  }

  @Test
  void aClientThatWasBelievedIsClosedWhenItsNameGetsAKey() {
    EmbeddedClient client = EmbeddedClient.connected(services.get(), "edge/other");
    registry.now =
        registry.now.with(
            new RegisteredIdentity(
                new Identity.Module("edge", "other"), true, new Credential.Sas(key, null)));

    review(NOW);

    assertFalse(client.isOpen());
  }

  @Test
  void anEndedClientComesBackWithANewToken() {
    connected(SENSOR);
    review(NOW + 10_000);

    assertTrue(connected(SENSOR).isOpen());
  }

  private void review(long nowSeconds) {
    services.get().directory().review(1_000 * nowSeconds);
  }

  private EmbeddedClient connected(Identity identity) {
    registry.now =
        registry.now.with(new RegisteredIdentity(identity, true, new Credential.Sas(key, null)));
    EmbeddedClient client = new EmbeddedClient(services.get(), identity.id());
    String token = SasTokenWriter.write("localhost", identity, key, NOW + 60);
    client.send(
        new Packet.Connect(
            4,
            identity.id(),
            Packets.userName(identity.id()),
            token.getBytes(StandardCharsets.UTF_8),
            false,
            0,
            null));
    assertEquals(ConnectCode.ACCEPTED, ((Packet.ConnAck) client.received()).code());
    return client;
  }

  /** A registry that the test changes. */
  private static final class Changing implements RegistrySource {
    private Registry now = Registry.EMPTY;

    @Override
    public Registry current() {
      return now;
    }

    @Override
    public Registry lookAgain() {
      return now;
    }

    @Override
    public boolean isCurrent() {
      return true;
    }
  }
}
