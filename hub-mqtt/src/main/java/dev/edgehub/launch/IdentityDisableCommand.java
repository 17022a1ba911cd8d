package dev.edgehub.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edge-hub identity disable}. */
@Command(
    name = "disable",
    mixinStandardHelpOptions = true,
    description =
        "Keeps an identity out, and of a device its modules; their connections are closed.")
final class IdentityDisableCommand implements Callable<Integer> {

  @Mixin private IdentityOptions options = new IdentityOptions();

  @Override
  public Integer call() {
    options.editor().change(before -> before.with(options.find(before).enabled(false)));
    System.out.println(options.identity() + " disabled");
    return ExitCode.DONE;
  }
}
