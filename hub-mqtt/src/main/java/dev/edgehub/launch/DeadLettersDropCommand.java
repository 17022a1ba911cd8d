package dev.edgehub.launch;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edge-hub queues dead-letters drop}. */
@Command(
    name = "drop",
    mixinStandardHelpOptions = true,
    description = "Drops dead letters for good, counted as dropped.")
final class DeadLettersDropCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Parameters(index = "0", paramLabel = "QUEUE", description = "A sink.")
  private String queue = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "The number of one dead letter; without it all.")
  private @Nullable Long id;

  @Option(names = "--yes", description = "Asks nothing.")
  private boolean yes;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    RunningHub hub = RunningHub.find(options.read().dataDir());
    String what = id == null ? "all dead letters" : "dead letter " + id;
    if (!yes && !Confirmation.of("Drop " + what + " of " + queue + " for good?")) {
      System.err.println("edge-hub: nothing was dropped");
      return ExitCode.FOUND_WRONG;
    }
    RunningHub.Reply reply =
        new OperatorCall(hub, "/api/dead-letters/drop").with("queue", queue).with("id", id).post();
    if (json) {
      System.out.println(reply.body());
    } else if (reply.body().has("dropped")) {
      long done = reply.body().path("dropped").asLong();
      System.out.println(queue + ": " + Words.count(done, "dead letter") + " dropped");
    }
    return OperatorCall.tell(reply);
  }
}
