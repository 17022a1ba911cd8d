package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import com.microsoft.azure.sdk.iot.device.SasTokenProvider;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.AzureModule;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.SasTokens;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Modules written with Azure's Java SDK lose their connection and come back by themselves. */
@Timeout(90)
@ExtendWith(DefectWatch.class)
final class AzureReconnectIT {

  /** How long after its expiry a token is still taken, because clocks differ. */
  private static final int SKEW_SECONDS = 300;

  @TempDir Path directory;
  private GatewayHub hub;

  @BeforeEach
  void start() {
    hub = GatewayHub.start(directory, Manifests.of(Manifests.route("sensor", "filter", "in1")));
  }

  @AfterEach
  void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  @Test
  void whenATokenRunsOutTheModuleComesBackWithAnotherAndNothingIsLost()
      throws IotHubClientException {
    AtomicInteger asked = new AtomicInteger();
    try (AzureModule filter = module("filter").listen("in1").open();
        AzureModule sensor = withTokens("sensor", asked).open()) {
      int sent = sendWhile(sensor, () -> asked.get() < 2, 0);

      sensor.awaitState(IotHubConnectionStatus.CONNECTED, 2);
      sent = sendSome(sensor, sent);

      sensor.awaitAcknowledged(sent);
      filter.awaitBodies(sent);
    }
  }

  @Test
  void aHubThatWasStoppedAndStartedFindsItsModulesBack() throws IotHubClientException {
    try (AzureModule filter = module("filter").listen("in1").open();
        AzureModule sensor = module("sensor").open()) {
      int sent = sendSome(sensor, 0);
      filter.await(sent);

      hub.hub().stop();
      sent = sendSome(sensor, sent);
      hub.hub().startAgain();

      sensor.awaitState(IotHubConnectionStatus.CONNECTED, 2);
      filter.awaitState(IotHubConnectionStatus.CONNECTED, 2);
      sensor.awaitAcknowledged(sent);
      filter.awaitBodies(sent);
      assertFalse(sensor.states().contains(IotHubConnectionStatus.DISCONNECTED));
    }
  }

  private AzureModule module(String name) {
    return AzureModule.of(hub.register("edge/" + name), hub.trust());
  }

  /** A module whose first token ends in a moment and whose later ones hold. */
  private AzureModule withTokens(String name, AtomicInteger asked) {
    String connection = hub.register("edge/" + name);
    SasTokenProvider tokens =
        () -> {
          int left = asked.getAndIncrement() == 0 ? 2 - SKEW_SECONDS : 3_600;
          return SasTokens.of(connection, Instant.now().plusSeconds(left)).toCharArray();
        };
    // this constructor knows no gateway, so the hub's own name is the host; a module made this way
    // can send, but the SDK does not subscribe to its inputs
    return new AzureModule(
        new ModuleClient(
            hub.address(),
            "edge",
            name,
            tokens,
            IotHubClientProtocol.MQTT,
            AzureModule.options(hub.trust())));
  }

  /** Sends one message after the other, each acknowledged, as long as this holds. */
  private static int sendWhile(
      AzureModule sensor, java.util.function.BooleanSupplier more, int from) {
    AtomicInteger sent = new AtomicInteger(from);
    Await.until(
        "the token to run out",
        () -> {
          sensor.send("out", new Message("" + sent.getAndIncrement()));
          sensor.awaitAcknowledged(sent.get());
          return !more.getAsBoolean();
        });
    return sent.get();
  }

  private static int sendSome(AzureModule sensor, int from) {
    for (int i = 0; i < 50; i++) {
      sensor.send("out", new Message("" + (from + i)));
    }
    return from + 50;
  }
}
