package dev.edgehub.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.config.HubConfig.DeliveryConfig;
import dev.edgehub.config.HubConfig.Limits;
import dev.edgehub.config.HubConfig.Listener;
import dev.edgehub.config.HubConfig.MqttListener;
import dev.edgehub.config.HubConfig.StoreConfig;
import dev.edgehub.config.HubConfig.TlsConfig;
import dev.edgehub.config.HubConfig.UpstreamConfig;
import dev.edgehub.config.HubConfig.UpstreamType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, defaults and layers. What is wrong with a configuration is in {@link ConfigIssuesTest}. */
class HubConfigTest {

  @TempDir Path directory;

  private Path file(String json) throws IOException {
    return Files.writeString(directory.resolve("edge-hub.json"), json);
  }

  private static HubConfig valid(Path file, Map<String, String> environment, String... overrides) {
    ConfigResult result = HubConfigReader.read(file, environment, List.of(overrides));
    return assertInstanceOf(ConfigResult.Valid.class, result).config();
  }

  private static HubConfig set(String... overrides) {
    return valid(null, Map.of(), overrides);
  }

  @Test
  void hasTheseDefaults() {
    HubConfig config = valid(null, Map.of());

    assertEquals(
        new HubConfig(
            "edge",
            "localhost",
            "local.azure-devices.net",
            Path.of("edge-hub-data"),
            null,
            Path.of("edge-hub-data", "identities.json"),
            new MqttListener(new Listener("127.0.0.1", 1883, false), true),
            new Listener("127.0.0.1", 8883, false),
            new Listener("127.0.0.1", 443, false),
            new Listener("127.0.0.1", 9600, false),
            null,
            new TlsConfig(null, null, null),
            new StoreConfig("disk", 0, "reject"),
            new UpstreamConfig(UpstreamType.NONE, null, 8883, true, null, null, null),
            new DeliveryConfig(64, 256),
            new Limits(
                262_144, 10_000, 64, 1 << 20, 1 << 20, 1 << 20, 1_000, 5, 5, 10_000, 64 << 20, 100,
                500, 0)),
        config);
  }

  @Test
  void hasTheseKeys() throws IOException {
    Path file =
        file(
            """
            {
              "deviceId": "press-4",
              "hostname": "gate",
              "iotHub": "plant.azure-devices.net",
              "dataDir": "/data",
              "manifest": "/etc/manifest.json",
              "identities": "/etc/identities.json",
              "workload": {"listen": "unix:/run/workload.sock"},
              "tls": {"certificate": "/c.pem", "key": "/k.pem", "clientCa": "/a.pem"},
              "listeners": {
                "mqtt": {"host": "::1", "port": 1884, "trustLocal": false},
                "mqtts": {"host": "0.0.0.0", "port": 8884},
                "https": {"host": "::", "port": 444},
                "admin": {"host": "localhost", "port": -1}
              },
              "store": {"durability": "os", "maxBytes": 5000000000, "whenFull": "dropOldest"},
              "upstream": {
                "type": "hub",
                "host": "parent",
                "port": 443,
                "tls": false,
                "trustedCa": "/ca.pem",
                "username": "me",
                "password": "pst"
              },
              "delivery": {"moduleWindow": 1, "upstreamWindow": 2},
              "limits": {
                "messageSize": 3,
                "connections": 4,
                "subscriptions": 5,
                "inFlightBytes": 65536,
                "heldBytes": 65537,
                "outboundBytes": 65538,
                "localIdentities": 6,
                "connectSeconds": 7,
                "poisonCloses": 8,
                "deadLetters": 9,
                "deadLetterBytes": 10,
                "acceptRate": 11,
                "acceptBurst": 12,
                "acceptRateLoopback": 13
              }
            }
            """);

    HubConfig config = valid(file, Map.of());

    assertEquals(
        new HubConfig(
            "press-4",
            "gate",
            "plant.azure-devices.net",
            Path.of("/data"),
            Path.of("/etc/manifest.json"),
            Path.of("/etc/identities.json"),
            new MqttListener(new Listener("::1", 1884, true), false),
            new Listener("0.0.0.0", 8884, true),
            new Listener("::", 444, true),
            new Listener("localhost", -1, true),
            "unix:/run/workload.sock",
            new TlsConfig(Path.of("/c.pem"), Path.of("/k.pem"), Path.of("/a.pem")),
            new StoreConfig("os", 5_000_000_000L, "dropOldest"),
            new UpstreamConfig(
                UpstreamType.HUB,
                "parent",
                443,
                false,
                Path.of("/ca.pem"),
                "me",
                new Secret("pst")),
            new DeliveryConfig(1, 2),
            new Limits(3, 4, 5, 65_536, 65_537, 65_538, 6, 7, 8, 9, 10, 11, 12, 13)),
        config);
  }

  @Test
  void takesKeysOfLaterVersionsAtTheirNeutralValue() throws IOException {
    Path file =
        file(
            """
            {
              "store": {"whenFull": "reject"},
              "upstream": {
                "type": "none",
                "connectionString": "",
                "sasKey": "",
                "clientCertificate": "",
                "clientKey": "",
                "topic": "",
                "proxy": "",
                "webSocket": ""
              },
              "delivery": {"liveShare": 0, "maxBytesPerSec": 0}
            }
            """);

    assertEquals(valid(null, Map.of()), valid(file, Map.of()));
  }

  @Test
  void letsTheEnvironmentBeatTheFileAndSetBeatBoth() throws IOException {
    Path file =
        file("{\"deviceId\":\"f\",\"hostname\":\"f\",\"store\":{\"maxBytes\":1}, \"iotHub\":null}");
    Map<String, String> environment =
        Map.of("EDGEHUB_HOSTNAME", "e", "EDGEHUB_STORE_MAXBYTES", "2", "PATH", "/bin");

    HubConfig config = valid(file, environment, "store.maxBytes=3");

    assertEquals("f", config.deviceId());
    assertEquals("e", config.hostname());
    assertEquals(3, config.store().maxBytes());
    assertEquals("local.azure-devices.net", config.iotHub());
  }

  @Test
  void takesTheLastOfSeveralSets() {
    assertEquals("b", set("deviceId=a", "deviceId=b").deviceId());
    assertEquals("a=b", set("hostname=a=b").hostname());
  }

  @Test
  void leavesTheLaunchersVariableAlone() {
    assertEquals("edge", valid(null, Map.of("EDGEHUB_JAVA_OPTS", "-Xmx1g")).deviceId());
  }

  @Test
  void knowsWhetherAPortWasAskedFor() {
    assertFalse(set().mqtt().listener().asked());
    assertTrue(set("listeners.mqtt.port=1883").mqtt().listener().asked());
    assertTrue(set("listeners.mqtt.port=0").mqtt().listener().on());
    assertFalse(set("listeners.mqtt.port=-1").mqtt().listener().on());
  }

  @Test
  void servesPlainMqttOnLoopbackAddresses() {
    for (String host : List.of("127.0.0.1", "127.1.2.3", "::1", "localhost")) {
      assertEquals(host, set("listeners.mqtt.host=" + host).mqtt().listener().host());
    }
  }

  @Test
  void readsSecretsFromFilesAndTheEnvironment() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "from file\n");

    HubConfig fromFile = set("upstream.password=file:" + secret);
    HubConfig fromEnvironment =
        valid(null, Map.of("PARENT_PASSWORD", "from env"), "upstream.password=env:PARENT_PASSWORD");

    assertEquals(new Secret("from file"), fromFile.upstream().password());
    assertEquals(new Secret("from env"), fromEnvironment.upstream().password());
  }

  @Test
  void neverPrintsASecret() {
    HubConfig config = set("upstream.password=hunter2");

    assertFalse(config.toString().contains("hunter2"), config.toString());
    assertTrue(config.toString().contains("***"), config.toString());
  }
}
