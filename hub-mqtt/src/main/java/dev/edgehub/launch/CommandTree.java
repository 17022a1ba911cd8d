package dev.edgehub.launch;

import dev.edgehub.error.HubException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** All commands, read by the command line's library. */
@Command(
    name = "edge-hub",
    mixinStandardHelpOptions = true,
    version = "edge-hub 0.1.0",
    description = "Message router with store-and-forward for the edge.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      QueuesCommand.class,
      ClientsCommand.class,
      IdentityCommand.class,
      RoutesCommand.class,
      DoctorCommand.class,
      ArchiveCommand.class
    },
    footer = {
      "",
      "Exit status: 0 done, 1 it ran and found something wrong, 2 wrong usage or configuration,",
      "3 the hub stopped by its own fault."
    })
final class CommandTree {

  private CommandTree() {}

  /** Runs a command line in this process; its exit status. */
  static int run(String... args) {
    CommandLine line = new CommandLine(new CommandTree());
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
