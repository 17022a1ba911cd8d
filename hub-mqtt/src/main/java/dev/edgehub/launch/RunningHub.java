package dev.edgehub.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.mqtt.admin.AdminToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A hub that runs, found through its data directory, asked over its admin listener. */
final class RunningHub {

  /** Where a running hub writes its process id and its ports. */
  private static final String FILE = "run.json";

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI base;
  private final AdminToken token;

  private RunningHub(URI base, AdminToken token) {
    this.base = base;
    this.token = token;
  }

  /** Tells other commands where this process listens; a port of -1 is off. */
  static void announce(
      Path dataDir, Map<String, Integer> clientPorts, String adminHost, int adminPort)
      throws IOException {
    ObjectNode run = JSON.createObjectNode();
    run.put("pid", ProcessHandle.current().pid());
    clientPorts.forEach(run::put);
    run.put("adminHost", adminHost);
    run.put("adminPort", adminPort);
    Path temporary = dataDir.resolve(FILE + ".new");
    Files.writeString(temporary, run + "\n");
    Files.move(temporary, dataDir.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * The hub of a data directory.
   *
   * @throws HubException {@code HUB_NOT_RUNNING} when none runs there
   */
  static RunningHub find(Path dataDir) {
    try {
      JsonNode run = JSON.readTree(Files.readString(dataDir.resolve(FILE)));
      int port = run.path("adminPort").asInt(-1);
      boolean alive = ProcessHandle.of(run.path("pid").asLong()).isPresent();
      if (!alive || port < 0) {
        throw notRunning(dataDir, alive ? "its admin listener is off" : "it has ended", null);
      }
      URI base = URI.create("http://" + run.path("adminHost").asText() + ":" + port);
      return new RunningHub(base, AdminToken.read(dataDir));
    } catch (IOException e) {
      throw notRunning(dataDir, "" + e, e);
    }
  }

  /** What the hub answered; the body is JSON. */
  record Reply(int status, JsonNode body) {}

  /** The body of a GET, as JSON. */
  JsonNode get(String path) {
    Reply reply = ask("GET", path);
    if (reply.status() != 200) {
      throw new HubException(
          ErrorCode.HUB_NOT_RUNNING,
          "the hub at " + base + " answered " + reply.status() + ": " + reply.body());
    }
    return reply.body();
  }

  /** The answer to a request without a body. */
  Reply ask(String method, String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(base.resolve(path))
              .header("Authorization", token.authorization())
              .method(method, HttpRequest.BodyPublishers.noBody())
              .timeout(Duration.ofSeconds(30))
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new HubException(
          ErrorCode.HUB_NOT_RUNNING, "the hub at " + base + " does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubException(ErrorCode.HUB_NOT_RUNNING, "interrupted while asking the hub", e);
    }
  }

  private static HubException notRunning(Path dataDir, String why, @Nullable Throwable cause) {
    return new HubException(
        ErrorCode.HUB_NOT_RUNNING,
        "no hub runs on the data directory "
            + dataDir.toAbsolutePath()
            + " ("
            + why
            + "); give the --config or --set dataDir=… that the hub was started with",
        cause);
  }
}
