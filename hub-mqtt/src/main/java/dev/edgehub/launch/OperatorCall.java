package dev.edgehub.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request to a running hub about one queue, built parameter by parameter, and its outcome. */
final class OperatorCall {

  private final RunningHub hub;
  private final StringBuilder path;
  private boolean first = true;

  OperatorCall(RunningHub hub, String path) {
    this.hub = hub;
    this.path = new StringBuilder(path);
  }

  /** Adds a parameter; one that is null is left out. */
  OperatorCall with(String name, @Nullable Object value) {
    if (value != null) {
      path.append(first ? '?' : '&').append(name).append('=');
      path.append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
      first = false;
    }
    return this;
  }

  RunningHub.Reply get() {
    return hub.ask("GET", path.toString());
  }

  RunningHub.Reply post() {
    return hub.ask("POST", path.toString());
  }

  /** The exit status that says how it went; complaints go to standard error. */
  static int tell(RunningHub.Reply reply) {
    JsonNode message = reply.body().path("message");
    if (message.isTextual() && !message.asText().isEmpty()) {
      System.err.println("edge-hub: " + message.asText());
    }
    return switch (reply.status()) {
      case 200 -> ExitCode.DONE;
      case 400, 404 -> ExitCode.USAGE;
      default -> ExitCode.FOUND_WRONG;
    };
  }
}
