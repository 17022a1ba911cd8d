package dev.edgehub.launch;

import picocli.CommandLine.Command;

/** {@code edge-hub routes}. */
@Command(
    name = "routes",
    mixinStandardHelpOptions = true,
    description = "Checks, tests and explains routes; needs no running hub.",
    subcommands = {RoutesCheckCommand.class, RoutesTestCommand.class, RoutesExplainCommand.class})
final class RoutesCommand {}
