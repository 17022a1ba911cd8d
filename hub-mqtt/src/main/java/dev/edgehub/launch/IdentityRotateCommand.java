package dev.edgehub.launch;

import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.SasKey;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edge-hub identity rotate}. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a new primary key; the old primary becomes the secondary, the old secondary ends.",
      "Clients with the old primary key go on; rotate again when all of them have the new one."
    })
final class IdentityRotateCommand implements Callable<Integer> {

  @Mixin private IdentityOptions options = new IdentityOptions();

  @Override
  public Integer call() {
    options.editor().change(before -> before.with(rotated(options.find(before))));
    System.out.println(options.identity() + " has a new primary key");
    return ExitCode.DONE;
  }

  private static RegisteredIdentity rotated(RegisteredIdentity found) {
    if (found.credential() instanceof Credential.Sas sas) {
      return found.credential(
          new Credential.Sas(SasKey.generate(new SecureRandom()), sas.primary()));
    }
    throw new HubException(
        ErrorCode.IDENTITY_UNKNOWN,
        found.identity()
            + " has no keys: it is registered with credential "
            + found.credential().type());
  }
}
