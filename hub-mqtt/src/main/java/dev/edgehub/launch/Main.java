package dev.edgehub.launch;

import dev.edgehub.error.HubException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line. */
@Command(
    name = "edge-hub",
    mixinStandardHelpOptions = true,
    version = "edge-hub 0.1.0",
    description = "Message router with store-and-forward for the edge.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      QueuesCommand.class,
      IdentityCommand.class,
      RoutesCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "Exit status: 0 done, 1 it ran and found something wrong, 2 wrong usage or configuration,",
      "3 the hub stopped by its own fault."
    })
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

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
