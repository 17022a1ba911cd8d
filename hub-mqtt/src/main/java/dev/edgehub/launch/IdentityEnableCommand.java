package dev.edgehub.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edge-hub identity enable}. */
@Command(
    name = "enable",
    mixinStandardHelpOptions = true,
    description = "Lets an identity in again.")
final class IdentityEnableCommand implements Callable<Integer> {

  @Mixin private IdentityOptions options = new IdentityOptions();

  @Override
  public Integer call() {
    options.editor().change(before -> before.with(options.find(before).enabled(true)));
    System.out.println(options.identity() + " enabled");
    return ExitCode.DONE;
  }
}
