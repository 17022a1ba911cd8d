package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.azure.sdk.iot.device.IotHubStatusCode;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import dev.edgehub.mqtt.testing.AzureModule;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.SasTokens;
import dev.edgehub.mqtt.testing.Trust;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whom the hub turns away, and whom Azure's Java SDK does; others are served all through. */
@Timeout(60)
@ExtendWith(DefectWatch.class)
final class AzureRefusalsIT {

  private static final String OTHER_KEY = "b3RoZXIta2V5LW90aGVyLWtleS1vdGhlci1rZXkhISE=";

  @TempDir Path directory;
  private GatewayHub hub;
  private AzureModule canary;

  @BeforeEach
  void start() throws IotHubClientException {
    hub = GatewayHub.start(directory, Manifests.of(Manifests.route("canary", "canary", "in1")));
    canary = AzureModule.of(hub.register("edge/canary"), hub.trust()).listen("in1").open();
  }

  @AfterEach
  void stop() {
    try {
      if (canary != null) {
        canary.send("out", new Message("still here"));
        canary.await(1);
        assertEquals(List.of(IotHubConnectionStatus.CONNECTED), canary.states());
      }
    } finally {
      if (canary != null) {
        canary.close();
      }
      if (hub != null) {
        hub.close();
      }
    }
  }

  @Test
  void aWrongKeyIsRefusedForGood() {
    String connection = hub.register("edge/filter");
    String key = SasTokens.part(connection, "SharedAccessKey");
    try (AzureModule filter =
        AzureModule.of(connection.replace(key, OTHER_KEY), hub.trust()).listen("in1")) {

      IotHubClientException refused = assertThrows(IotHubClientException.class, filter::open);

      assertEquals(IotHubStatusCode.UNAUTHORIZED, refused.getStatusCode());
    }
  }

  @Test
  void anUnknownIdentityIsRefused() {
    String connection = hub.register("edge/filter").replace("filter", "stranger");
    try (AzureModule stranger = AzureModule.of(connection, hub.trust())) {

      IotHubClientException refused = assertThrows(IotHubClientException.class, stranger::open);

      assertEquals(IotHubStatusCode.UNAUTHORIZED, refused.getStatusCode());
    }
  }

  @Test
  void aRemovedIdentityIsPutOutAndStaysOut() throws IotHubClientException {
    try (AzureModule filter = AzureModule.of(hub.register("edge/filter"), hub.trust()).open()) {
      // on a connection it once had, the SDK takes a refusal for a passing one, for as long as this
      filter.client().setOperationTimeout(1_000);

      hub.command("identity", "remove", "edge/filter");

      filter.awaitState(IotHubConnectionStatus.DISCONNECTED, 1);
      assertEquals(
          List.of(
              IotHubConnectionStatus.CONNECTED,
              IotHubConnectionStatus.DISCONNECTED_RETRYING,
              IotHubConnectionStatus.DISCONNECTED),
          filter.states());
    }
  }

  @Test
  void anAuthorityThatTheModuleDoesNotTrustIsRefusedByTheModule() {
    try (AzureModule filter =
        AzureModule.of(hub.register("edge/filter"), Trust.publicAuthorities())) {

      IotHubClientException refused = assertThrows(IotHubClientException.class, filter::open);

      assertTrue(causes(refused, SSLHandshakeException.class), "" + refused.getCause());
    }
  }

  private static boolean causes(Throwable thrown, Class<? extends Throwable> type) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
