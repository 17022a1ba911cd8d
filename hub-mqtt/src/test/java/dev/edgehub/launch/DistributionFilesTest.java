package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.config.ConfigResult;
import dev.edgehub.config.HubConfigReader;
import dev.edgehub.manifest.ManifestReader;
import dev.edgehub.manifest.ManifestResult;
import dev.edgehub.routing.RouteTable;
import dev.edgehub.routing.RouteTableResult;
import dev.edgehub.routing.vectors.VectorFile;
import dev.edgehub.routing.vectors.VectorFileResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The files that ship with the hub, and what the README says of them. */
class DistributionFilesTest {

  private static final Path CONF = Path.of("src/dist/conf");

  @Test
  void shippedConfigurationIsValid() {
    ConfigResult result = HubConfigReader.read(CONF.resolve("hub.json"), Map.of(), List.of());

    assertInstanceOf(ConfigResult.Valid.class, result, () -> "" + result);
  }

  @Test
  void shippedConfigurationSaysTheDefaults() {
    ConfigResult shipped =
        HubConfigReader.read(
            CONF.resolve("hub.json"),
            Map.of(),
            List.of("listeners.mqtt.port=1883", "listeners.admin.port=9600"));
    ConfigResult defaults =
        HubConfigReader.read(
            null,
            Map.of(),
            List.of(
                "manifest=manifest.json", "listeners.mqtt.port=1883", "listeners.admin.port=9600"));

    assertTrue(shipped.equals(defaults), () -> shipped + "\nis not\n" + defaults);
  }

  @Test
  void sampleManifestCompiles() throws IOException {
    ManifestResult read =
        ManifestReader.read(Files.readAllBytes(CONF.resolve("manifest.sample.json")));
    ManifestResult.Accepted accepted =
        assertInstanceOf(ManifestResult.Accepted.class, read, () -> "" + read);

    RouteTableResult compiled = RouteTable.compile(accepted.manifest());

    assertInstanceOf(RouteTableResult.Compiled.class, compiled, () -> "" + compiled);
  }

  @Test
  void sampleVectorsPass() throws IOException {
    VectorFileResult read =
        VectorFile.read(Files.readAllBytes(CONF.resolve("vectors.sample.json")));
    VectorFile file = assertInstanceOf(VectorFileResult.Usable.class, read, () -> "" + read).file();

    assertFalse(file.run().isEmpty());
    file.run().forEach(outcome -> assertTrue(outcome.passed(), outcome::toString));
  }

  @Test
  void readmeNamesEveryKeyOfTheShippedConfiguration() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));

    JsonNode shipped = new JsonMapper().readTree(CONF.resolve("hub.json").toFile());

    assertNamed("", shipped, readme);
  }

  private static void assertNamed(String prefix, JsonNode object, String readme) {
    object
        .properties()
        .forEach(
            member -> {
              String key = prefix + member.getKey();
              if (member.getValue().isObject()) {
                assertNamed(key + ".", member.getValue(), readme);
              } else {
                String last = "`." + member.getKey() + "`";
                assertTrue(
                    readme.contains("`" + key + "`") || readme.contains(last),
                    () -> "expected the README to name " + key);
              }
            });
  }
}
