package dev.edgehub.launch;

import picocli.CommandLine.Command;

/** {@code edge-hub queues dead-letters}: its subcommands do the work. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersShowCommand.class,
      DeadLettersRetryCommand.class,
      DeadLettersDropCommand.class
    },
    description = "Messages that their sink never takes, kept for an operator to decide.")
final class DeadLettersCommand {}
