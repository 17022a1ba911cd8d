package dev.edgehub.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.config.HubConfig.DeliveryConfig;
import dev.edgehub.config.HubConfig.Limits;
import dev.edgehub.config.HubConfig.Listener;
import dev.edgehub.config.HubConfig.MqttListener;
import dev.edgehub.config.HubConfig.StoreConfig;
import dev.edgehub.config.HubConfig.TlsConfig;
import dev.edgehub.config.HubConfig.UpstreamConfig;
import dev.edgehub.config.HubConfig.UpstreamType;
import dev.edgehub.message.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a configuration: file, then environment ({@code EDGEHUB_A_B}), then overrides. */
public final class HubConfigReader {

  private static final int MAX_FILE_BYTES = 1 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private HubConfigReader() {}

  /**
   * Reads and checks.
   *
   * @param file the configuration file, or null for none
   * @param environment the process's environment; only {@code EDGEHUB_…} and what an {@code env:}
   *     secret names are looked at
   * @param overrides {@code key=value} texts of the command line; the last of a key counts
   */
  public static ConfigResult read(
      @Nullable Path file, Map<String, String> environment, List<String> overrides) {
    List<String> issues = new ArrayList<>();
    Map<String, String> fromFile = file == null ? Map.of() : readFile(file, issues);
    Settings settings = new Settings(fromFile, ours(environment), readOverrides(overrides, issues));
    HubConfig config = build(settings, environment);
    issues.addAll(settings.issues());
    return issues.isEmpty() ? new ConfigResult.Valid(config) : new ConfigResult.Invalid(issues);
  }

  private static HubConfig build(Settings s, Map<String, String> environment) {
    String deviceId = s.text("deviceId", "edge");
    if (!Identity.isId(deviceId)) {
      s.issue("deviceId: expected letters, digits and - : . _ and the like, found " + deviceId);
      deviceId = "edge";
    }
    Path dataDirSet = s.path("dataDir");
    Path dataDir = dataDirSet == null ? Path.of("edge-hub-data") : dataDirSet;
    Path identities = s.path("identities");
    return new HubConfig(
        deviceId,
        s.text("hostname", "localhost"),
        s.text("iotHub", "local.azure-devices.net"),
        dataDir,
        s.path("manifest"),
        identities == null ? dataDir.resolve("identities.json") : identities,
        mqtt(s),
        listener(s, "listeners.mqtts", "127.0.0.1", 8883),
        listener(s, "listeners.https", "127.0.0.1", 443),
        listener(s, "listeners.admin", "127.0.0.1", 9600),
        workload(s),
        tls(s),
        store(s),
        upstream(s, environment),
        delivery(s),
        limits(s));
  }

  private static @Nullable String workload(Settings s) {
    String listen = s.text("workload.listen", "off");
    if (listen.equals("off")) {
      return null;
    }
    int colon = listen.lastIndexOf(':');
    boolean unix = listen.startsWith("unix:") && listen.length() > "unix:".length();
    boolean loopback =
        colon > 0
            && isLoopback(listen.substring(0, colon))
            && listen.substring(colon + 1).matches("\\d{1,5}")
            && Integer.parseInt(listen.substring(colon + 1)) <= 65_535;
    if (!unix && !loopback) {
      s.issue(
          "workload.listen: it asks for no credential, so expected unix:PATH or a loopback address"
              + " like 127.0.0.1:PORT, found "
              + listen);
    }
    return listen;
  }

  private static TlsConfig tls(Settings s) {
    Path certificate = s.path("tls.certificate");
    Path key = s.path("tls.key");
    if ((certificate == null) != (key == null)) {
      s.issue("tls.certificate and tls.key: expected both or none, found one of them");
    }
    return new TlsConfig(certificate, key, s.path("tls.clientCa"));
  }

  private static MqttListener mqtt(Settings s) {
    Listener listener = listener(s, "listeners.mqtt", "127.0.0.1", 1883);
    if (!isLoopback(listener.host())) {
      s.issue(
          "listeners.mqtt.host: plain MQTT is served on loopback addresses only (127.0.0.1, ::1,"
              + " localhost), found "
              + listener.host());
    }
    boolean trustLocal = s.flag("listeners.mqtt.trustLocal", true);
    return new MqttListener(listener, trustLocal);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }

  private static Listener listener(Settings s, String key, String host, int port) {
    boolean asked = s.raw(key + ".port") != null;
    return new Listener(
        s.text(key + ".host", host), s.integer(key + ".port", port, -1, 65_535), asked);
  }

  private static StoreConfig store(Settings s) {
    return new StoreConfig(
        s.oneOf("store.durability", "disk", List.of("disk", "os", "memory")),
        s.number("store.maxBytes", 0, 0, Long.MAX_VALUE),
        s.oneOf("store.whenFull", "reject", List.of("reject", "dropOldest", "dropLowestPriority")));
  }

  private static UpstreamConfig upstream(Settings s, Map<String, String> environment) {
    String type = s.oneOf("upstream.type", "none", List.of("none", "hub", "mqtt", "iothub"));
    if (type.equals("iothub")) {
      s.issue("upstream.type: iothub is not part of this version; use hub, mqtt or none");
      type = "none";
    }
    for (String key :
        List.of(
            "connectionString",
            "sasKey",
            "clientCertificate",
            "clientKey",
            "topic",
            "proxy",
            "webSocket")) {
      s.notYet("upstream." + key, "", "upstream." + key);
    }
    String host = s.raw("upstream.host");
    if ((host == null || host.isBlank()) && !type.equals("none")) {
      s.issue("upstream.host: expected the name or address of the upstream, found nothing");
    }
    return new UpstreamConfig(
        UpstreamType.valueOf(type.toUpperCase(Locale.ROOT)),
        host,
        s.integer("upstream.port", 8883, 1, 65_535),
        s.flag("upstream.tls", true),
        s.path("upstream.trustedCa"),
        s.raw("upstream.username"),
        secret(s, "upstream.password", environment));
  }

  private static @Nullable Secret secret(Settings s, String key, Map<String, String> environment) {
    String value = s.raw(key);
    if (value == null) {
      return null;
    }
    try {
      if (value.startsWith("file:")) {
        return new Secret(Files.readString(Path.of(value.substring(5))).strip());
      }
      if (value.startsWith("env:")) {
        String variable = environment.get(value.substring(4));
        if (variable == null) {
          s.issue(key + ": the environment variable " + value.substring(4) + " is not set");
          return null;
        }
        return new Secret(variable);
      }
      return new Secret(value);
    } catch (IOException | InvalidPathException e) {
      s.issue(key + ": cannot read " + value + " (" + e.getMessage() + ")");
      return null;
    }
  }

  private static DeliveryConfig delivery(Settings s) {
    s.notYet("delivery.liveShare", "0", "a share for live messages");
    s.notYet("delivery.maxBytesPerSec", "0", "a limit on the rate of delivery");
    return new DeliveryConfig(
        s.integer("delivery.moduleWindow", 64, 1, 32_768),
        s.integer("delivery.upstreamWindow", 256, 1, 32_768));
  }

  private static Limits limits(Settings s) {
    return new Limits(
        s.integer("limits.messageSize", 262_144, 1, 16 << 20),
        s.integer("limits.connections", 10_000, 1, 1_000_000),
        s.integer("limits.subscriptions", 64, 1, 10_000),
        s.integer("limits.inFlightBytes", 1 << 20, 1 << 16, 1 << 30),
        s.integer("limits.heldBytes", 1 << 20, 1 << 16, 1 << 30),
        s.integer("limits.outboundBytes", 1 << 20, 1 << 16, 1 << 30),
        s.integer("limits.localIdentities", 1_000, 1, 1_000_000),
        s.integer("limits.connectSeconds", 5, 1, 3_600),
        s.integer("limits.poisonCloses", 5, 2, 1_000_000),
        s.integer("limits.deadLetters", 10_000, 1, 1_000_000),
        s.number("limits.deadLetterBytes", 64 << 20, 1, Long.MAX_VALUE),
        s.integer("limits.acceptRate", 100, 0, 1_000_000),
        s.integer("limits.acceptBurst", 500, 1, 1_000_000),
        s.integer("limits.acceptRateLoopback", 0, 0, 1_000_000));
  }

  private static Map<String, String> readFile(Path file, List<String> issues) {
    Map<String, String> flat = new HashMap<>();
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        issues.add(file + ": expected at most " + MAX_FILE_BYTES + " bytes of configuration");
        return flat;
      }
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (root.isObject()) {
        flatten("", root, flat, issues);
      } else {
        issues.add(file + ": expected a JSON object, found " + root.getNodeType());
      }
    } catch (JsonProcessingException e) {
      issues.add(file + place(e) + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      issues.add(file + ": cannot be read (" + e + ")");
    }
    return flat;
  }

  /** Broken limits of the parser have no place. */
  private static String place(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return at == null ? "" : " line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static void flatten(
      String prefix, JsonNode object, Map<String, String> flat, List<String> issues) {
    object
        .properties()
        .forEach(
            member -> {
              String key = prefix + member.getKey();
              JsonNode value = member.getValue();
              if (value.isObject()) {
                flatten(key + ".", value, flat, issues);
              } else if (value.isValueNode() && !value.isNull()) {
                flat.put(key, value.asText());
              } else if (!value.isNull()) {
                issues.add(key + ": expected a text, number or boolean, found a list");
              }
            });
  }

  private static Map<String, String> readOverrides(List<String> overrides, List<String> issues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        // what follows the key may be a secret
        String key = override.split("[^A-Za-z.]", 2)[0];
        issues.add("--set " + key + ": expected key=value");
      } else {
        map.put(override.substring(0, equals), override.substring(equals + 1));
      }
    }
    return map;
  }

  private static Map<String, String> ours(Map<String, String> environment) {
    Map<String, String> ours = new HashMap<>();
    environment.forEach(
        (name, value) -> {
          // EDGEHUB_JAVA_OPTS is read by the launcher script
          if (name.startsWith("EDGEHUB_") && !name.equals("EDGEHUB_JAVA_OPTS")) {
            ours.put(name, value);
          }
        });
    return ours;
  }
}
