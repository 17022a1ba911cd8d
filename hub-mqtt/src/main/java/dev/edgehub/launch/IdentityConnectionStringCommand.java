package dev.edgehub.launch;

import dev.edgehub.config.HubConfig;
import dev.edgehub.identity.RegisteredIdentity;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edge-hub identity connection-string}. */
@Command(
    name = "connection-string",
    mixinStandardHelpOptions = true,
    description = "Prints what Azure's SDKs are given to connect; it holds the primary key.")
final class IdentityConnectionStringCommand implements Callable<Integer> {

  @Mixin private IdentityOptions options = new IdentityOptions();

  @Override
  public Integer call() {
    HubConfig config = options.config();
    RegisteredIdentity found = options.find(options.editor().read());
    System.out.println(ConnectionString.of(config, found.identity(), found.credential()));
    if (config.iotHub().indexOf('.') < 0) {
      System.err.println(
          "edge-hub: note: the Java SDK wants a dot in HostName, the key iotHub has none");
    }
    return ExitCode.DONE;
  }
}
