package dev.edgehub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks a running hub about its queues. */
final class HubAdmin {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpRequest queues;
  private final HttpRequest clients;

  HubAdmin(String address, Path dataDir) throws IOException {
    String token = Files.readString(dataDir.resolve("admin.token")).strip();
    queues = request(address, "/api/queues", token);
    clients = request(address, "/api/clients", token);
  }

  private static HttpRequest request(String address, String path, String token) {
    return HttpRequest.newBuilder(URI.create("http://" + address + path))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  /**
   * The figures of all queues together.
   *
   * @param depth messages waiting
   * @param bytes bytes of what waits
   */
  record Waiting(long depth, long bytes) {}

  Waiting waiting() throws IOException, InterruptedException {
    long depth = 0;
    long bytes = 0;
    for (JsonNode queue : ask(queues).path("queues")) {
      depth += queue.path("depth").asLong();
      bytes += queue.path("bytes").asLong();
    }
    return new Waiting(depth, bytes);
  }

  /** How many clients are connected. */
  int clients() throws IOException, InterruptedException {
    return ask(clients).path("clients").size();
  }

  private JsonNode ask(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the hub's admin listener answered " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }
}
