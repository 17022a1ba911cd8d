package dev.edgehub.launch;

import dev.edgehub.launch.demo.Demo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code edge-hub demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Plays the whole job on this machine: two modules, the edge hub and a parent hub as the cloud;"
          + " upstream is cut, the edge hub is killed and started again, upstream comes back.",
      "Ends with the ledger; exit status 0 only if no message was lost."
    })
final class DemoCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "40",
      description = "About how long it takes (default ${DEFAULT-VALUE}, at least 20).")
  private int seconds;

  @Option(
      names = "--json",
      description = "Prints the ledger as one JSON object; all else goes to standard error.")
  private boolean json;

  @Override
  public Integer call() {
    if (seconds < Demo.LEAST_SECONDS || seconds > Demo.MOST_SECONDS) {
      throw new ParameterException(
          spec.commandLine(),
          "--seconds: expected "
              + Demo.LEAST_SECONDS
              + " to "
              + Demo.MOST_SECONDS
              + ", found "
              + seconds);
    }
    return new Demo(seconds, json).play() ? ExitCode.DONE : ExitCode.FOUND_WRONG;
  }
}
