package dev.edgehub.launch;

import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edge-hub identity remove}. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = {
      "Removes a device with all its modules, or a module.",
      "Their connections to a running hub are closed."
    })
final class IdentityRemoveCommand implements Callable<Integer> {

  @Mixin private IdentityOptions options = new IdentityOptions();

  @Override
  public Integer call() {
    List<RegisteredIdentity> removed = new ArrayList<>();
    options
        .editor()
        .change(
            before -> {
              Registry after = before.without(options.find(before).identity());
              before.all().stream()
                  .filter(registered -> after.find(registered.identity()) == null)
                  .forEach(removed::add);
              return after;
            });
    removed.forEach(registered -> System.out.println(registered.identity() + " removed"));
    return ExitCode.DONE;
  }
}
