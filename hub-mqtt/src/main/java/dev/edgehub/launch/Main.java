package dev.edgehub.launch;

import dev.edgehub.error.HubException;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "edge-hub",
    mixinStandardHelpOptions = true,
    version = "edge-hub 0.1.0",
    description = "Message router with store-and-forward for the edge.",
    subcommands = {
      ArchiveCommand.class,
      DemoCommand.class,
      RunCommand.class,
      QueuesCommand.class,
      ClientsCommand.class,
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
    PlainRun plain = PlainRun.of(args);
    return plain == null ? CommandTree.run(args) : run(plain);
  }

  private static int run(PlainRun plain) {
    try {
      return plain.call();
    } catch (HubException known) {
      System.err.println("edge-hub: " + known.getMessage());
      return ExitCode.of(known);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAULT;
    }
  }
}
