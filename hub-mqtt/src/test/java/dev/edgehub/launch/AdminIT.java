package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.StockClient;
import dev.edgehub.mqtt.testing.WirePeer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin listener and the command that asks it. */
@Timeout(60)
final class AdminIT {

  private static final String SENSOR = "devices/edge/modules/sensor/messages/events/";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\\\n]|\\\\.)*\",?)*\\})?"
              + " (NaN|[+-]?Inf|[+-]?[0-9.]+(E[+-]?[0-9]+)?)");

  @TempDir Path directory;
  private LiveHub hub;

  @BeforeEach
  void start() {
    hub =
        LiveHub.start(
            directory,
            Manifests.of(
                "FROM /messages/modules/sensor/outputs/hot"
                    + " INTO BrokeredEndpoint(\"/modules/filter/inputs/in1\")",
                "FROM /messages/modules/sensor/outputs/cold INTO $upstream"));
    try (StockClient filter = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/filter");
        StockClient sensor = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/sensor")) {
      filter.subscribe("devices/edge/modules/filter/inputs/#");
      sensor.publish(SENSOR + "$.on=hot", "a");
      sensor.publish(SENSOR + "$.on=hot", "b");
      sensor.publish(SENSOR + "$.on=cold", "c");
      sensor.publish(SENSOR + "$.on=tepid", "d");
      filter.await(2);
      Await.until("delivered", () -> hub.depth("modules/filter/inputs/in1") == 0);
    }
    try (WirePeer refused = new WirePeer(hub.port())) {
      refused.send(Packets.connect(4, "MQTT", "x", "nonsense", true, 0, null, null));
      assertEquals("20 0004", refused.receive().toString());
    }
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void metricsAreOpenAndParse() {
    HttpResponse<String> response = hub.fetch("/metrics", "");

    assertEquals(200, response.statusCode());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        response.headers().firstValue("content-type").orElse(""));
    List<String> lines = response.body().lines().toList();
    assertTrue(lines.size() > 50);
    for (String line : lines) {
      assertTrue(line.startsWith("# ") || SAMPLE.matcher(line).matches(), line);
    }
  }

  @Test
  void metricsHaveTheOriginalsNamesAndLabels() {
    String text = hub.fetch("/metrics", "").body();

    assertSample(
        text, 2, "edgehub_messages_received_total", "id", "edge/sensor", "route_output", "hot");
    assertSample(
        text,
        2,
        "edgehub_messages_sent_total",
        "from",
        "edge/sensor",
        "to",
        "edge/filter",
        "from_route_output",
        "hot",
        "to_route_input",
        "in1",
        "priority",
        "2000000000");
    assertSample(
        text,
        1,
        "edgehub_messages_dropped_total",
        "reason",
        "no_route",
        "from",
        "edge/sensor",
        "from_route_output",
        "tepid");
    assertSample(text, 1, "edgehub_queue_length", "endpoint", "upstream", "priority", "2000000000");
    assertSample(text, 4, "edgehub_message_size_bytes_count", "id", "edge/sensor");
    assertSample(
        text,
        2,
        "edgehub_message_send_duration_seconds_count",
        "from",
        "edge/sensor",
        "to",
        "edge/filter",
        "from_route_output",
        "hot",
        "to_route_input",
        "in1");
    assertSample(
        text,
        2,
        "edgehub_message_process_duration_seconds_count",
        "from",
        "edge/sensor",
        "to",
        "edge/filter",
        "priority",
        "2000000000");
    assertSample(text, 1, "edgehub_client_connect_success_total", "id", "edge/sensor");
    assertSample(text, 1, "edgehub_client_connect_failed_total", "id", "", "reason", "user_name");
    assertSample(text, 1, "edgehub_client_disconnect_total", "id", "edge/sensor");
    assertSample(text, 0, "edgehub_connected_clients");
    assertTrue(text.contains("iothub=\"local.azure-devices.net\""), text);
    assertTrue(text.contains("edge_device=\"edge\""), text);
    assertTrue(text.contains("instance_number=\""), text);
  }

  private static void assertSample(String text, double value, String name, String... labels) {
    List<String> candidates = text.lines().filter(line -> line.startsWith(name + "{")).toList();
    for (String line : candidates) {
      boolean matches = true;
      for (int i = 0; i < labels.length; i += 2) {
        matches &= line.contains(labels[i] + "=\"" + labels[i + 1] + "\"");
      }
      if (matches) {
        assertEquals(value, Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)), line);
        return;
      }
    }
    throw new AssertionError(
        "expected " + name + List.of(labels) + ", found " + String.join("\n", candidates));
  }

  @Test
  void healthIsOpen() {
    HttpResponse<String> response = hub.fetch("/health", "");

    assertEquals(200, response.statusCode());
    assertEquals("{\"status\":\"ok\",\"problems\":[],\"upstream\":\"off\"}", response.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "Bearer 00", "Basic eDp5"})
  void theApiWantsTheToken(String authorization) {
    assertEquals(401, hub.fetch("/api/queues", authorization).statusCode());
    assertEquals(401, hub.fetch("/api/upstream", authorization).statusCode());
    assertEquals(401, hub.fetch("/api/nothing", authorization).statusCode());
  }

  @Test
  void onlyTheOwnerMayReadTheToken() throws Exception {
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(hub.dataDir().resolve("admin.token"))));
  }

  @Test
  void theApiAnswersWithTheToken() {
    assertEquals(200, hub.fetch("/api/queues").statusCode());
    assertEquals(404, hub.fetch("/api/nothing").statusCode());
    assertEquals("off", LiveHub.json(hub.fetch("/api/upstream").body()).path("state").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1.evil.example:1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: \r\n\r\n",
        "GET /health HTTP/1.0\r\n\r\n",
      })
  void aForeignHostIsRefused(String request) throws Exception {
    assertEquals("HTTP/1.1 403 Forbidden", raw(request));
  }

  @Test
  void onlyGetIsServed() throws Exception {
    String host = "Host: localhost:" + hub.adminPort() + "\r\nContent-Length: 0\r\n\r\n";

    assertEquals("HTTP/1.1 405 Method Not Allowed", raw("POST /health HTTP/1.1\r\n" + host));
    assertEquals("HTTP/1.1 200 OK", raw("GET /health?x=1 HTTP/1.1\r\n" + host));
  }

  private String raw(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.adminPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.lines().findFirst().orElse("");
    }
  }

  @Test
  void queuesShowsATable() {
    String out = standardOutputOf("queues", "--set", "dataDir=" + hub.dataDir());

    List<String> lines = out.lines().toList();
    assertEquals(3, lines.size(), out);
    assertTrue(lines.get(0).matches("SINK +PRIORITY +DEPTH +BYTES +OLDEST +STATE.*"), out);
    assertTrue(out.matches("(?s).*modules/filter/inputs/in1 +- +0 .*"), out);
    assertTrue(out.matches("(?s).*upstream +- +1 +\\d+ +[0-9.]+ s +waiting.*"), out);
  }

  @Test
  void queuesPrintsJson() {
    String out = standardOutputOf("queues", "--json", "--set", "dataDir=" + hub.dataDir());

    assertEquals(2, LiveHub.json(out).path("queues").size());
    assertFalse(out.strip().contains("\n"), out);
  }

  private static String standardOutputOf(String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertEquals(ExitCode.DONE, Main.run(arguments));
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
