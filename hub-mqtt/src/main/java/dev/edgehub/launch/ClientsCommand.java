package dev.edgehub.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edge-hub clients}. */
@Command(
    name = "clients",
    mixinStandardHelpOptions = true,
    description = "Shows who is connected to a running hub.",
    footer = {
      "",
      "IN and OUT are messages on their way: published and not stored yet; delivered and not",
      "acknowledged, with those that wait for the client's socket after a plus sign."
    })
final class ClientsCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    JsonNode clients = RunningHub.find(options.read().dataDir()).get("/api/clients");
    if (json) {
      System.out.println(clients);
    } else {
      System.out.print(table(clients.path("clients")));
    }
    return ExitCode.DONE;
  }

  static String table(JsonNode clients) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "CLIENT",
            "SINCE",
            "MQTT",
            "TRANSPORT",
            "IN",
            "OUT",
            "SUBSCRIPTIONS",
            "BYTES IN",
            "BYTES OUT",
            "REMOTE"));
    for (JsonNode client : clients) {
      long waiting = client.path("waitingOut").asLong();
      rows.add(
          List.of(
              Plain.of(client.path("id").asText()).replace('\n', ' '),
              Words.time(client.path("sinceSeconds").asDouble()),
              client.path("protocol").asText(),
              client.path("transport").asText(),
              client.path("inFlightIn").asText(),
              client.path("inFlightOut").asText() + (waiting == 0 ? "" : "+" + waiting),
              client.path("subscriptions").asText(),
              client.path("bytesIn").asText(),
              client.path("bytesOut").asText(),
              client.path("remote").asText()));
    }
    return clients.isEmpty() ? "no clients are connected\n" : Columns.lineUp(rows);
  }
}
