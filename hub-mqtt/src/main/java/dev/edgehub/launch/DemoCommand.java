package dev.edgehub.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code edge-hub demo}. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = "The whole job, at once.")
final class DemoCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return ExitCode.DONE;
  }
}
