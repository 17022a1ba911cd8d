package dev.edgehub.launch;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edge-hub queues purge}. */
@Command(
    name = "purge",
    mixinStandardHelpOptions = true,
    description = "Drops what waits in the queues of one sink, counted as dropped.")
final class QueuesPurgeCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "QUEUE", description = "The sink, as edge-hub queues prints it.")
  private String queue = "";

  @Option(names = "--priority", paramLabel = "N", description = "Only the queue of that priority.")
  private @Nullable Integer priority;

  @Option(names = "--yes", description = "Asks nothing.")
  private boolean yes;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    RunningHub hub = RunningHub.find(options.read().dataDir());
    if (!yes && !Confirmation.of("Drop everything that waits for " + queue + "?")) {
      System.err.println("edge-hub: nothing was dropped");
      return ExitCode.FOUND_WRONG;
    }
    RunningHub.Reply reply =
        new OperatorCall(hub, "/api/queues/purge")
            .with("queue", queue)
            .with("priority", priority)
            .post();
    if (json) {
      System.out.println(reply.body());
    } else if (reply.status() == 200) {
      long dropped = reply.body().path("dropped").asLong();
      System.out.println(queue + ": " + Words.count(dropped, "message") + " dropped");
    }
    return OperatorCall.tell(reply);
  }
}
