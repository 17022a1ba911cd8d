package dev.edgehub.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edge-hub queues dead-letters list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "How many dead letters each sink has; with QUEUE, each of its dead letters.")
final class DeadLettersListCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Parameters(arity = "0..1", paramLabel = "QUEUE", description = "A sink.")
  private @Nullable String queue;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    RunningHub.Reply reply =
        new OperatorCall(RunningHub.find(options.read().dataDir()), "/api/dead-letters")
            .with("queue", queue)
            .get();
    if (json) {
      System.out.println(reply.body());
    } else if (reply.status() == 200) {
      JsonNode body = reply.body();
      System.out.print(queue == null ? sinks(body.path("sinks")) : letters(body));
    }
    return OperatorCall.tell(reply);
  }

  private static String sinks(JsonNode sinks) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SINK", "DEAD LETTERS", "BYTES", "OLDEST", "RETRIED", "DROPPED"));
    for (JsonNode sink : sinks) {
      boolean none = sink.path("count").asLong() == 0;
      rows.add(
          List.of(
              sink.path("sink").asText(),
              sink.path("count").asText(),
              sink.path("bytes").asText(),
              none ? "-" : Words.time(sink.path("oldestAgeSeconds").asDouble()),
              sink.path("retried").asText(),
              Long.toString(sink.path("dropped").asLong() + sink.path("evicted").asLong())));
    }
    return sinks.isEmpty() ? "no dead letters\n" : Columns.lineUp(rows);
  }

  private static String letters(JsonNode list) {
    JsonNode letters = list.path("deadLetters");
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("ID", "SINCE", "CAUSE", "ATTEMPTS", "PRIORITY", "BYTES", "DEADLINE", "REASON"));
    for (JsonNode letter : letters) {
      rows.add(
          List.of(
              letter.path("id").asText(),
              letter.path("at").asText("-"),
              letter.path("cause").asText(),
              letter.path("attempts").asText("-"),
              QueuesCommand.priority(letter.path("priority").asInt()),
              letter.path("bytes").asText(),
              letter.path("deadline").isNull() ? "never" : letter.path("deadline").asText("-"),
              Plain.of(letter.path("reason").asText()).replace('\n', ' ')));
    }
    return letters.isEmpty()
        ? list.path("sink").asText() + " has no dead letters\n"
        : Columns.lineUp(rows);
  }
}
