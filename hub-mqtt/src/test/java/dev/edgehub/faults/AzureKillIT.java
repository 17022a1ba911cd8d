package dev.edgehub.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import dev.edgehub.mqtt.testing.AzureModule;
import dev.edgehub.mqtt.testing.GatewayAddress;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL of the whole hub while modules written with Azure's Java SDK talk through it. */
@Timeout(90)
final class AzureKillIT {

  private static final int CYCLES = 2;

  @TempDir Path directory;

  @Test
  void modulesComeBackToAKilledHubAndNothingIsLost() throws IOException, IotHubClientException {
    String address = GatewayAddress.free();
    Files.writeString(
        directory.resolve("manifest.json"),
        Manifests.of(Manifests.route("sensor", "filter", "in1")));
    Path data = directory.resolve("data");
    try (HubProcess hub =
        new HubProcess(directory, data)
            .set(
                "hostname=" + address,
                "listeners.mqtts.host=" + address,
                "listeners.mqtts.port=" + GatewayAddress.MQTTS)) {
      hub.start();
      Path authority = data.resolve("tls").resolve("ca.pem");
      try (AzureModule filter =
              AzureModule.of(connection(hub, address, "filter"), Trust.in(authority))
                  .listen("in1")
                  .open();
          AzureModule sensor =
              AzureModule.of(connection(hub, address, "sensor"), Trust.in(authority)).open()) {
        int sent = 0;
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
          sent = send(sensor, sent);
          // some of them under way, some not
          sensor.awaitAcknowledged(sent - 50);
          hub.kill();
          sent = send(sensor, sent);
          hub.start();
          sensor.awaitState(IotHubConnectionStatus.CONNECTED, cycle + 1);
          filter.awaitState(IotHubConnectionStatus.CONNECTED, cycle + 1);
        }

        sensor.awaitAcknowledged(sent);
        filter.awaitBodies(sent);
        assertFalse(sensor.states().contains(IotHubConnectionStatus.DISCONNECTED));
        assertFalse(filter.states().contains(IotHubConnectionStatus.DISCONNECTED));
      }
    }
  }

  private static String connection(HubProcess hub, String address, String module) {
    String id = "edge/" + module;
    assertEquals(0, hub.command("identity", "add", id).status());
    return hub.command("identity", "connection-string", id, "--set", "hostname=" + address)
        .output()
        .strip();
  }

  private static int send(AzureModule sensor, int from) {
    for (int i = 0; i < 100; i++) {
      sensor.send("out", new Message("" + (from + i)));
    }
    return from + 100;
  }
}
