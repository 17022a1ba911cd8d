package dev.edgehub.launch.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.mqtt.admin.AdminToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks one run of a hub for its figures, as an operator's tools do. */
final class AdminClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http;
  private final URI base;
  private final Path dataDir;

  AdminClient(HttpClient http, int port, Path dataDir) {
    this.http = http;
    this.base = URI.create("http://127.0.0.1:" + port);
    this.dataDir = dataDir;
  }

  List<QueueFigures> queues() throws IOException {
    List<QueueFigures> queues = new ArrayList<>();
    for (JsonNode queue : get("/api/queues").path("queues")) {
      queues.add(
          new QueueFigures(
              queue.path("sink").asText(),
              queue.path("depth").asLong(),
              queue.path("oldestAgeSeconds").asDouble(),
              queue.path("appended").asLong(),
              queue.path("delivered").asLong(),
              queue.path("expired").asLong(),
              queue.path("dropped").asLong()));
    }
    return queues;
  }

  /** {@code connected} and the like. */
  String upstreamState() throws IOException {
    return get("/api/upstream").path("state").asText();
  }

  private JsonNode get(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Authorization", AdminToken.read(dataDir).authorization())
            .timeout(TIMEOUT)
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(path + " was answered with " + response.statusCode());
      }
      return JSON.readTree(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
