package dev.edgehub.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Modules that find their hub with {@code ModuleClient.createFromEnvironment}. */
@Timeout(60)
@ExtendWith(DefectWatch.class)
final class AzureEnvironmentIT {

  private static final String ECHO = Manifests.of(Manifests.route("echo", "echo", "in1"));

  @TempDir Path directory;
  private GatewayHub hub;

  @AfterEach
  void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  @Test
  void theWorkloadApiSignsForTheModuleAndNamesTheAuthority() throws Exception {
    int port = Mosquitto.freePort();
    hub = GatewayHub.start(directory, ECHO, "workload.listen=127.0.0.1:" + port);
    hub.register("edge/echo");

    assertAnswered(
        Map.of(
            "IOTEDGE_WORKLOADURI", "http://localhost:" + port,
            "IOTEDGE_DEVICEID", "edge",
            "IOTEDGE_MODULEID", "echo",
            "IOTEDGE_MODULEGENERATIONID", "1",
            "IOTEDGE_IOTHUBHOSTNAME", "local.azure-devices.net",
            "IOTEDGE_AUTHSCHEME", "sasToken",
            "IOTEDGE_GATEWAYHOSTNAME", hub.address()));
  }

  @Test
  void aConnectionStringAndTheAuthoritysFileAreEnough() throws Exception {
    hub = GatewayHub.start(directory, ECHO);

    assertAnswered(
        Map.of(
            "EdgeHubConnectionString", hub.register("edge/echo"),
            "EdgeModuleCACertificateFile", hub.authority().toString()));
  }

  private void assertAnswered(Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = directory.resolve("module.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                EnvironmentModule.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process module = builder.start();
    try {
      boolean ended = module.waitFor(40, TimeUnit.SECONDS);
      String said = Files.readString(output, UTF_8);
      assertTrue(ended, said);
      assertEquals(0, module.exitValue(), said);
      assertTrue(said.contains("received from the environment"), said);
    } finally {
      module.destroyForcibly();
    }
  }
}
