package dev.edgehub.launch;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edge-hub queues dead-letters retry}. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description =
        "Puts dead letters back at the end of their queues, with fresh attempts. They keep their"
            + " deadline; one that has passed needs --ttl.")
final class DeadLettersRetryCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Parameters(index = "0", paramLabel = "QUEUE", description = "A sink.")
  private String queue = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "The number of one dead letter; without it all.")
  private @Nullable Long id;

  @Option(
      names = "--ttl",
      paramLabel = "SECS",
      description = "A new time to live, from now on, instead of the old deadline.")
  private @Nullable Long ttl;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    RunningHub hub = RunningHub.find(options.read().dataDir());
    RunningHub.Reply reply =
        new OperatorCall(hub, "/api/dead-letters/retry")
            .with("queue", queue)
            .with("id", id)
            .with("ttl", ttl)
            .post();
    if (json) {
      System.out.println(reply.body());
    } else if (reply.body().has("retried")) {
      long done = reply.body().path("retried").asLong();
      System.out.println(queue + ": " + Words.count(done, "dead letter") + " retried");
    }
    return OperatorCall.tell(reply);
  }
}
