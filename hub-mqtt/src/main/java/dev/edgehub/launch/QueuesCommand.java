package dev.edgehub.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edge-hub queues}. */
@Command(
    name = "queues",
    mixinStandardHelpOptions = true,
    subcommands = {QueuesPurgeCommand.class, DeadLettersCommand.class},
    description = "Shows each queue of a running hub and why it moves or does not.")
final class QueuesCommand implements Callable<Integer> {

  private static final int NO_PRIORITY = 2_000_000_000;

  /** How the names of queues of senders begin that their sink takes nothing of. */
  private static final String PARKED = "parked/";

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    JsonNode queues = RunningHub.find(options.read().dataDir()).get("/api/queues");
    if (json) {
      System.out.println(queues);
    } else {
      System.out.print(table(queues.path("queues")));
    }
    return ExitCode.DONE;
  }

  static String table(JsonNode queues) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("SINK", "PRIORITY", "DEPTH", "BYTES", "OLDEST", "STATE", "LAST ERROR", "NEXT TRY"));
    for (JsonNode queue : queues) {
      if (queue.path("sink").asText().startsWith(PARKED) && queue.path("depth").asLong() == 0) {
        continue; // of interest only to whoever adds up
      }
      double next = queue.path("nextAttemptSeconds").asDouble();
      rows.add(
          List.of(
              queue.path("sink").asText(),
              priority(queue.path("priority").asInt()),
              queue.path("depth").asText(),
              queue.path("bytes").asText(),
              queue.path("depth").asLong() == 0
                  ? "-"
                  : Words.time(queue.path("oldestAgeSeconds").asDouble()),
              state(queue),
              queue.path("lastError").isNull() ? "-" : queue.path("lastError").asText(),
              next == 0 ? "-" : Words.time(next)));
    }
    return queues.isEmpty() ? "no queues yet: no message has been routed\n" : Columns.lineUp(rows);
  }

  static String priority(int priority) {
    return priority == NO_PRIORITY ? "-" : Integer.toString(priority);
  }

  private static String state(JsonNode queue) {
    String since = queue.path("detachedSince").asText("");
    String state = queue.path("state").asText();
    return since.isEmpty() ? state : state + " since " + since;
  }
}
