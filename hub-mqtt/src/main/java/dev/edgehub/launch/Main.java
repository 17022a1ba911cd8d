package dev.edgehub.launch;

import dev.edgehub.error.HubException;

/** Where the process begins. */
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
