package dev.edgehub.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edge-hub queues dead-letters show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Everything of one dead letter: why it is one, its properties and its body.")
final class DeadLettersShowCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Parameters(index = "0", paramLabel = "QUEUE", description = "A sink.")
  private String queue = "";

  @Parameters(index = "1", paramLabel = "ID", description = "Its number, as list prints it.")
  private long id;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    RunningHub.Reply reply =
        new OperatorCall(RunningHub.find(options.read().dataDir()), "/api/dead-letters")
            .with("queue", queue)
            .with("id", id)
            .get();
    if (json) {
      System.out.println(reply.body());
    } else if (reply.status() == 200) {
      System.out.print(text(reply.body()));
    }
    return OperatorCall.tell(reply);
  }

  private static String text(JsonNode letter) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : letter.properties()) {
      JsonNode value = member.getValue();
      if (value.isObject()) {
        value
            .properties()
            .forEach(
                property -> rows.add(row(member.getKey() + "." + property.getKey(), property)));
      } else if (!member.getKey().startsWith("body")) {
        rows.add(row(member.getKey(), member));
      }
    }
    StringBuilder text = new StringBuilder(Columns.lineUp(rows));
    if (letter.has("body")) {
      text.append("body, ")
          .append(Words.count(letter.path("bodyBytes").asLong(), "byte"))
          .append(letter.path("bodyCut").asBoolean() ? ", the first 64 KiB" : "")
          .append(" as ")
          .append(letter.path("bodyEncoding").asText())
          .append(":\n")
          .append(Plain.of(letter.path("body").asText()))
          .append('\n');
    }
    return text.toString();
  }

  private static List<String> row(String name, Map.Entry<String, JsonNode> member) {
    JsonNode value = member.getValue();
    return List.of(Plain.of(name), value.isNull() ? "-" : Plain.of(value.asText()));
  }
}
