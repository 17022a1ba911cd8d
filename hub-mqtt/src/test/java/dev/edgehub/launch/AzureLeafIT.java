package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import dev.edgehub.mqtt.testing.AzureModule;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.SelfSigned;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Leaf devices written with Azure's Java SDK, behind the hub as their gateway. */
@Timeout(60)
@ExtendWith(DefectWatch.class)
final class AzureLeafIT {

  @TempDir Path directory;
  private GatewayHub hub;

  @BeforeEach
  void start() {
    hub =
        GatewayHub.start(
            directory,
            Manifests.of(
                "FROM /messages/* WHERE NOT IS_DEFINED($connectionModuleId)"
                    + " INTO BrokeredEndpoint(\"/modules/filter/inputs/leaves\")"));
  }

  @AfterEach
  void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  @Test
  void aLeafDeviceWithAKeyReachesAModule() throws Exception {
    assertSends(
        new DeviceClient(
            hub.register("leaf1"), IotHubClientProtocol.MQTT, AzureModule.options(hub.trust())));
  }

  @Test
  void aLeafDeviceWithACertificateReachesAModule() throws Exception {
    SelfSigned certificate = SelfSigned.create(directory, "leaf2");
    hub.command("identity", "add", "leaf2", "--x509-thumbprint", certificate.thumbprint());
    String connection =
        "HostName=local.azure-devices.net;DeviceId=leaf2;x509=true;GatewayHostName="
            + hub.address();

    assertSends(
        new DeviceClient(
            connection,
            IotHubClientProtocol.MQTT,
            AzureModule.options(certificate.context(hub.authority()))));
  }

  private void assertSends(DeviceClient leaf) throws IotHubClientException, InterruptedException {
    try (AzureModule filter =
        AzureModule.of(hub.register("edge/filter"), hub.trust()).listen("leaves").open()) {
      leaf.open(false);
      leaf.sendEvent(new Message("from a leaf"), 20_000);

      assertEquals(
          List.of("from a leaf"),
          filter.await(1).stream().map(AzureModule.Received::body).toList());
    } finally {
      leaf.close();
    }
  }
}
