package dev.edgehub.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Everything that is wrong with a configuration, each mistake as one issue. */
class ConfigIssuesTest {

  @TempDir Path directory;

  private static List<String> issues(Path file, Map<String, String> environment, String... sets) {
    ConfigResult result = HubConfigReader.read(file, environment, List.of(sets));
    return assertInstanceOf(ConfigResult.Invalid.class, result).issues();
  }

  private List<String> issuesOfFile(String json) throws IOException {
    return issues(Files.writeString(directory.resolve("c.json"), json), Map.of());
  }

  private static void assertOneIssue(List<String> issues, String... parts) {
    assertEquals(1, issues.size(), issues.toString());
    for (String part : parts) {
      assertTrue(issues.get(0).contains(part), () -> part + " in " + issues.get(0));
    }
  }

  /** What is wrong where the value itself is right. */
  private static final Map<String, String> NAMED_OTHERWISE =
      Map.of(
          "upstream.type=hub",
          "upstream.host",
          "tls.certificate=/c.pem",
          "tls.certificate and tls.key",
          "tls.key=/k.pem",
          "tls.certificate and tls.key");

  @TestFactory
  Stream<DynamicTest> givesOneIssueForEachWrongValue() {
    return Stream.of(
            "deviceId=a b",
            "deviceId=",
            "hostname= ",
            "iotHub=",
            "dataDir=\u0000",
            "manifest=\u0000",
            "listeners.mqtt.host=0.0.0.0",
            "listeners.mqtt.host=192.168.1.5",
            "listeners.mqtt.host=127.0.0.1.example.com",
            "listeners.mqtt.host=",
            "listeners.mqtt.port=65536",
            "listeners.mqtt.port=-2",
            "listeners.mqtt.port=x",
            "listeners.mqtt.port=",
            "listeners.mqtt.trustLocal=yes",
            "listeners.mqtt.trustLocal=TRUE",
            "listeners.admin.port=1.5",
            "listeners.admin.host= ",
            "store.durability=Disk",
            "store.maxBytes=-1",
            "store.maxBytes=9223372036854775808",
            "upstream.type=cloud",
            "upstream.type=iothub",
            "upstream.type=hub", // and no host
            "upstream.port=0",
            "upstream.tls=1",
            "upstream.trustedCa=\u0000",
            "upstream.password=file:/does/not/exist",
            "upstream.password=file:\u0000",
            "upstream.password=env:NO_SUCH_VARIABLE",
            "delivery.moduleWindow=0",
            "delivery.moduleWindow=32769",
            "delivery.upstreamWindow=0",
            "limits.messageSize=0",
            "limits.messageSize=16777217",
            "limits.connections=0",
            "limits.subscriptions=10001",
            "limits.inFlightBytes=65535",
            "limits.heldBytes=1",
            "limits.outboundBytes=2147483647",
            "limits.localIdentities=0",
            "limits.connectSeconds=3601",
            "identities=\u0000",
            "listeners.mqtts.port=-2",
            "listeners.https.port=65536",
            "workload.listen=on",
            "tls.certificate=/c.pem", // and no key
            "tls.key=/k.pem", // and no certificate
            "tls.clientCa=\u0000",
            "store.whenFull=drop-oldest",
            "upstream.connectionString=HostName=x",
            "upstream.sasKey=k",
            "upstream.clientCertificate=c",
            "upstream.clientKey=k",
            "upstream.topic=t",
            "upstream.proxy=p",
            "upstream.webSocket=true",
            "delivery.liveShare=0.5",
            "delivery.maxBytesPerSec=1")
        .map(
            set ->
                dynamicTest(
                    set.replace('\u0000', '?'),
                    () -> {
                      String key = set.substring(0, set.indexOf('='));
                      String named = NAMED_OTHERWISE.getOrDefault(set, key);
                      assertOneIssue(issues(null, Map.of(), set), named + ": ");
                    }));
  }

  @Test
  void wantsAnUpstreamHostThatSaysSomething() {
    assertOneIssue(
        issues(null, Map.of(), "upstream.type=mqtt", "upstream.host= "), "upstream.host: ");
  }

  @Test
  void reportsEverythingAtOnce() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("c.json"), "{\"deviceId\":\"a b\",\"limits\":{\"connections\":0}}");

    List<String> issues =
        issues(
            file,
            Map.of("EDGEHUB_STORE_MAXBYTES", "lots", "EDGEHUB_COLOUR", "red"),
            "delivery.moduleWindow=0",
            "nonsense",
            "shape=round");

    assertEquals(7, issues.size(), issues.toString());
  }

  @Test
  void namesWhatItFoundAndWhatItExpected() {
    assertOneIssue(
        issues(null, Map.of(), "limits.connections=many"),
        "limits.connections",
        "from 1 to 1000000",
        "found many");
  }

  @Test
  void suggestsTheKeyThatWasMeant() {
    assertOneIssue(issues(null, Map.of(), "deviceid=a"), "deviceid", "did you mean deviceId?");
    assertOneIssue(issues(null, Map.of(), "maxBytes=1"), "did you mean store.maxBytes?");
    assertOneIssue(issues(null, Map.of(), "edge.store.maxBytes=1"), "did you mean store.maxBytes?");
  }

  @Test
  void refusesUnknownKeysWhereverTheyComeFrom() throws IOException {
    assertOneIssue(issuesOfFile("{\"colour\":\"red\"}"), "colour", "configuration file");
    assertOneIssue(issues(null, Map.of(), "colour=red"), "colour: unknown key");
    assertOneIssue(
        issues(null, Map.of("EDGEHUB_COLOUR", "red")), "EDGEHUB_COLOUR", "EDGEHUB_STORE_MAXBYTES");
  }

  @Test
  void refusesASetWithoutKeyOrValue() {
    assertOneIssue(issues(null, Map.of(), "deviceId"), "--set deviceId", "key=value");
    assertOneIssue(issues(null, Map.of(), "=x"), "key=value");
  }

  @Test
  void doesNotPrintAMistypedSecret() {
    List<String> issues =
        issues(null, Map.of(), "upstream.pasword=hunter2", "upstream.password:hunter2");

    assertEquals(2, issues.size(), issues.toString());
    assertTrue(issues.stream().noneMatch(issue -> issue.contains("hunter2")), issues.toString());
  }

  @Test
  void namesThePlaceWhereAFileIsNotJson() throws IOException {
    assertOneIssue(issuesOfFile("{\n  \"deviceId\": edge\n}"), "line 2");
    assertOneIssue(issuesOfFile("{\"deviceId\":\"a\",\"deviceId\":\"b\"}"), "line 1", "deviceId");
    assertOneIssue(issuesOfFile("{\"deviceId\":\"a\"} and more"), "line 1");
  }

  @Test
  void refusesFilesThatAreNoConfiguration() throws IOException {
    assertOneIssue(issuesOfFile(""), "expected a JSON object");
    assertOneIssue(issuesOfFile("[]"), "expected a JSON object");
    assertOneIssue(issuesOfFile("null"), "expected a JSON object");
    assertOneIssue(issuesOfFile("{\"deviceId\":[\"a\"]}"), "deviceId", "found a list");
    assertOneIssue(issuesOfFile("{\"a\":".repeat(5_000)), "c.json");
    assertOneIssue(issuesOfFile(" ".repeat((1 << 20) + 1)), "at most 1048576 bytes");
    assertOneIssue(issues(directory.resolve("none.json"), Map.of()), "cannot be read");
    assertOneIssue(issues(directory, Map.of()), "cannot be read");
  }
}
