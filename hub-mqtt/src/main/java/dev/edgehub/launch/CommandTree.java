package dev.edgehub.launch;

import dev.edgehub.error.HubException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs what {@link Main} lists; apart, so that a plain run needs nothing of the library. */
final class CommandTree {

  private CommandTree() {}

  /** Runs a command line in this process; its exit status. */
  static int run(String... args) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof HubException known) {
            System.err.println("edge-hub: " + known.getMessage());
            return ExitCode.of(known);
          }
          throw failure;
        });
    // it is also asked about wrong command lines
    line.setExitCodeExceptionMapper(
        failure -> failure instanceof ParameterException ? ExitCode.USAGE : ExitCode.FAULT);
    if (args.length == 0) {
      line.usage(System.err);
      return ExitCode.USAGE;
    }
    return line.execute(args);
  }
}
