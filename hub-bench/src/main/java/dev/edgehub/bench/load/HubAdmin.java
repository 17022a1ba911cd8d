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

  HubAdmin(String address, Path dataDir) throws IOException {
    queues =
        HttpRequest.newBuilder(URI.create("http://" + address + "/api/queues"))
            .header(
                "Authorization",
                "Bearer " + Files.readString(dataDir.resolve("admin.token")).strip())
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
    HttpResponse<String> answer = client.send(queues, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the hub's admin listener answered " + answer.statusCode());
    }
    long depth = 0;
    long bytes = 0;
    for (JsonNode queue : JSON.readTree(answer.body()).path("queues")) {
      depth += queue.path("depth").asLong();
      bytes += queue.path("bytes").asLong();
    }
    return new Waiting(depth, bytes);
  }
}
