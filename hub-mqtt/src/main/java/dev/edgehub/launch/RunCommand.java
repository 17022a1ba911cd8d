package dev.edgehub.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edge-hub run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the hub until it is stopped (SIGTERM or Ctrl-C).")
final class RunCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws InterruptedException {
    return HubRun.untilStopped(options.read());
  }
}
