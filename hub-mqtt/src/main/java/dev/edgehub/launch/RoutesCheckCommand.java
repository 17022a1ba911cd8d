package dev.edgehub.launch;

import dev.edgehub.launch.routes.Output;
import dev.edgehub.launch.routes.RouteCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code edge-hub routes check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Compiles the routes of manifests and prints every issue with line, column and a caret.",
      "Exit status 1 if there are issues (warnings are none), 2 if a file cannot be read."
    })
final class RoutesCheckCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Deployment manifests.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--route",
      paramLabel = "TEXT",
      description = "A route's text; may be given many times.")
  private List<String> routes = new ArrayList<>();

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    if (files.isEmpty() && routes.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "expected manifest files or --route TEXT, found neither");
    }
    Output output = new Output(System.out, System.err);
    return ExitCode.of(new RouteCheck(output, json).run(files, routes));
  }
}
