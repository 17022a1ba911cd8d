package dev.edgehub.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.mqtt.admin.AdminToken;
import dev.edgehub.mqtt.testing.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A whole hub in this process, in a directory of its own, that can be stopped and started. */
final class LiveHub implements AutoCloseable {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;
  private final List<String> settings;
  private HubAssembly hub;
  private int port;

  private LiveHub(Path directory, List<String> settings) {
    this.directory = directory;
    this.settings = settings;
    this.hub = assemble();
    this.port = hub.mqttPort();
  }

  /** A hub that accepts connections. */
  static LiveHub start(Path directory, String manifest, String... more) {
    write(directory.resolve("manifest.json"), manifest);
    List<String> settings = new ArrayList<>();
    settings.add("dataDir=" + directory.resolve("data"));
    settings.add("manifest=" + directory.resolve("manifest.json"));
    settings.addAll(List.of(more));
    return new LiveHub(directory, settings);
  }

  private HubAssembly assemble() {
    return HubAssembly.start(
        Config.of(settings.toArray(String[]::new)),
        () -> {
          throw new AssertionError("the hub failed");
        });
  }

  int port() {
    return port;
  }

  Path dataDir() {
    return directory.resolve("data");
  }

  /** Stops the hub. */
  void stop() {
    hub.close();
  }

  /** Starts it again on the same data directory and the same port. */
  void startAgain() {
    settings.add("listeners.mqtt.port=" + port);
    hub = assemble();
  }

  /** Replaces the manifest file, as an editor does. */
  void replaceManifest(String manifest) {
    write(directory.resolve("manifest.json"), manifest);
  }

  /** Fetches from the admin listener, with the token. */
  HttpResponse<String> fetch(String path) {
    try {
      return fetch(path, AdminToken.read(dataDir()).authorization());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fetches from the admin listener with that authorization. */
  HttpResponse<String> fetch(String path, String authorization) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort() + path))
            .header("Authorization", authorization)
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  int adminPort() {
    return announced("adminPort");
  }

  /** A port that the hub tells other commands of. */
  int announced(String name) {
    return json(read(dataDir().resolve("run.json"))).path(name).asInt();
  }

  String readyLine() {
    return hub.readyLine();
  }

  JsonNode health() {
    return json(fetch("/health", "").body());
  }

  /** Messages waiting for a sink; 0 when there is no such queue. */
  long depth(String sink) {
    long depth = 0;
    for (JsonNode queue : json(fetch("/api/queues").body()).path("queues")) {
      depth += queue.path("sink").asText().equals(sink) ? queue.path("depth").asLong() : 0;
    }
    return depth;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Path temporary = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(temporary, text);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    hub.close();
  }
}
