package dev.edgehub.launch;

import picocli.CommandLine.Command;

/** {@code edge-hub identity}: its subcommands do the work. */
@Command(
    name = "identity",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      IdentityAddCommand.class,
      IdentityListCommand.class,
      IdentityRemoveCommand.class,
      IdentityEnableCommand.class,
      IdentityDisableCommand.class,
      IdentityRotateCommand.class,
      IdentityConnectionStringCommand.class,
      IdentitySasCommand.class,
      IdentityEnvironmentCommand.class
    },
    description = {
      "Who may connect, and with which credential. ID is DEVICE or DEVICE/MODULE.",
      "The registry is a file; a running hub follows it within a second."
    })
final class IdentityCommand {}
