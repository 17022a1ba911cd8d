package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code edge-hub identity …}: what is said, what is kept, and the exit statuses. */
final class IdentityCommandTest {

  private static final String KEY = "ZWRnZS1odWItcmVmZXJlbmNlLWtleS0zMi1ieXRlcyE=";

  @TempDir Path directory;
  private final PrintStream outBefore = System.out;
  private final PrintStream errBefore = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void catchOutput() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void giveOutputBack() {
    System.setOut(outBefore);
    System.setErr(errBefore);
  }

  @Test
  void addsListsAndRemoves() throws IOException {
    assertEquals(0, identity("add", "edge"));
    assertEquals(0, identity("add", "edge/filter", "--sas-key", KEY, "--sas-key", KEY));
    assertEquals(0, identity("add", "leaf", "--x509-thumbprint", "AB:".repeat(19) + "AB"));
    assertEquals(0, identity("add", "camera", "--x509-ca"));
    assertEquals(0, identity("list", "--json"));

    JsonNode list = new JsonMapper().readTree(lastLine());
    List<String> found = new ArrayList<>();
    list.path("identities")
        .forEach(
            entry ->
                found.add(
                    entry.path("id").asText()
                        + " "
                        + entry.path("status").asText()
                        + " "
                        + entry.path("authentication").asText()));
    assertEquals(
        List.of(
            "camera enabled certificateAuthority",
            "edge enabled sas",
            "edge/filter enabled sas",
            "leaf enabled selfSigned"),
        found);
    assertFalse(said().contains(KEY), "no secret unasked: " + said());

    assertEquals(0, identity("remove", "edge"));
    assertTrue(said().contains("edge/filter removed"), said());
    identity("list");
    assertTrue(said().contains("camera"), said());
    assertEquals(1, identity("remove", "edge"));
  }

  @Test
  void theConnectionStringIsWhatTheSdksRead() {
    identity("add", "edge/filter", "--sas-key", KEY);

    assertEquals(
        0, identity("connection-string", "edge/filter", "--set", "hostname=gateway.plant"));

    assertEquals(
        "HostName=local.azure-devices.net;DeviceId=edge;ModuleId=filter;SharedAccessKey="
            + KEY
            + ";GatewayHostName=gateway.plant",
        lastLine());
  }

  @Test
  void aDeviceWithACertificateHasAConnectionStringWithoutAKey() {
    identity("add", "camera", "--x509-ca");

    identity("connection-string", "camera");

    assertEquals(
        "HostName=local.azure-devices.net;DeviceId=camera;x509=true;GatewayHostName=localhost",
        lastLine());
  }

  @Test
  void aTokenHoldsAsLongAsAsked() {
    identity("add", "edge/filter", "--sas-key", KEY);
    long before = System.currentTimeMillis() / 1_000;

    assertEquals(0, identity("sas", "edge/filter", "--ttl", "100"));

    String token = lastLine();
    assertTrue(
        token.startsWith(
            "SharedAccessSignature sr=local.azure-devices.net%2Fdevices%2Fedge%2Fmodules%2Ffilter"
                + "&sig="),
        token);
    long expiry = Long.parseLong(token.substring(token.indexOf("&se=") + 4));
    assertTrue(expiry >= before + 100 && expiry <= System.currentTimeMillis() / 1_000 + 100, token);
    assertEquals(2, identity("sas", "edge/filter", "--ttl", "0"));
  }

  @Test
  void generatedKeysDiffer() {
    identity("add", "a");
    identity("add", "b");
    identity("connection-string", "a");
    String first = lastLine().replaceAll(".*SharedAccessKey=([^;]*).*", "$1");
    identity("connection-string", "b");
    String second = lastLine().replaceAll(".*SharedAccessKey=([^;]*).*", "$1");

    assertEquals(44, first.length());
    assertNotEquals(first, second);
  }

  @Test
  void rotatingKeepsTheOldKeyAsTheSecondary() throws IOException {
    identity("add", "edge/filter", "--sas-key", KEY);

    assertEquals(0, identity("rotate", "edge/filter"));

    JsonNode keys =
        new JsonMapper()
            .readTree(Files.readString(file()))
            .at("/identities/edge~1filter/authentication/symmetricKey");
    assertEquals(KEY, keys.path("secondaryKey").asText());
    assertNotEquals(KEY, keys.path("primaryKey").asText());
  }

  @Test
  void disablesAndEnables() throws IOException {
    identity("add", "edge");
    identity("disable", "edge");
    assertTrue(Files.readString(file()).contains("\"disabled\""));
    identity("enable", "edge");
    assertFalse(Files.readString(file()).contains("\"disabled\""));
  }

  @Test
  void aModuleOfADeviceThatIsNotRegisteredIsAddedAndThatIsSaid() throws IOException {
    assertEquals(0, identity("add", "edge/filter"));

    assertTrue(said().contains("the device edge itself is not registered"), said());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  @Test
  void whatIsWrongIsSaidWithoutSecrets() {
    assertEquals(2, identity("add", "a+b"));
    assertTrue(said().contains("# and + cannot be used in MQTT topics"), said());
    assertEquals(2, identity("add", "../a"));
    assertEquals(2, identity("add", "a", "--sas-key", "c2VjcmV0"));
    assertTrue(said().contains("--sas-key: expected Base64"), said());
    assertFalse(said().contains("c2VjcmV0"), said());
    assertEquals(2, identity("add", "a", "--x509-thumbprint", "12"));
    assertEquals(2, identity("add", "a/m", "--x509-ca"));
    assertEquals(2, identity("add", "a", "--x509-ca", "--sas-key", KEY));
    assertEquals(1, identity("connection-string", "a"));
    assertEquals(1, identity("disable", "a"));
    identity("add", "a");
    assertEquals(1, identity("add", "a"));
    assertTrue(said().contains("registered already"), said());
    assertFalse(said().contains("\tat "), "no stack trace: " + said());
  }

  @Test
  void aDamagedRegistryIsNotReplaced() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "{\"identities\": 1, \"x\": 2}");

    assertEquals(2, identity("add", "a"));

    assertTrue(said().contains("identities: expected") && said().contains("found x"), said());
    assertEquals("{\"identities\": 1, \"x\": 2}", Files.readString(file()));
  }

  @Test
  void aHubDoesNotStartOnADamagedRegistry() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "{}");

    assertEquals(2, Main.run("run", "--set", "dataDir=" + file().getParent()));

    assertTrue(said().contains("identities"), said());
  }

  @Test
  void aWorkloadApiBeyondLoopbackIsRefused() {
    for (String address :
        List.of("0.0.0.0:1", "10.0.0.1:80", "127.0.0.1", "127.0.0.1:x", "unix:")) {
      assertEquals(2, identity("list", "--set", "workload.listen=" + address));
    }
    assertTrue(said().contains("workload.listen"), said());
  }

  @Test
  void theEnvironmentIsWhatCreateFromEnvironmentReads() {
    identity("add", "edge/filter", "--sas-key", KEY);

    identity("environment", "edge/filter", "--set", "workload.listen=127.0.0.1:15580");
    assertTrue(said().contains("IOTEDGE_WORKLOADURI='http://localhost:15580'"), said());
    assertTrue(said().contains("IOTEDGE_MODULEID='filter'"), said());
    assertFalse(said().contains(KEY), said());

    identity("environment", "edge/filter", "--set", "workload.listen=unix:/run/w.sock");
    assertTrue(said().contains("IOTEDGE_WORKLOADURI='unix:///run/w.sock'"), said());

    identity("environment", "edge/filter");
    assertTrue(said().contains("EdgeHubConnectionString='HostName="), said());
    assertTrue(said().contains("EdgeModuleCACertificateFile='"), said());
  }

  private Path file() {
    return directory.resolve("data/identities.json");
  }

  private int identity(String... args) {
    List<String> all = new ArrayList<>(List.of("identity"));
    all.addAll(List.of(args));
    all.addAll(List.of("--set", "dataDir=" + directory.resolve("data")));
    return Main.run(all.toArray(String[]::new));
  }

  private String lastLine() {
    String all = out.toString(StandardCharsets.UTF_8).stripTrailing();
    return all.substring(all.lastIndexOf('\n') + 1);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }
}
