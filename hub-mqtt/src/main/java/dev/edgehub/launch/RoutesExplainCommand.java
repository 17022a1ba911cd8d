package dev.edgehub.launch;

import dev.edgehub.launch.routes.Output;
import dev.edgehub.launch.routes.RouteExplain;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code edge-hub routes explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Shows which part of a route's condition has which value for a message, and the decision.",
      "Exit status 0 whichever way the route decides, 2 if the route or the file is wrong."
    })
final class RoutesExplainCommand implements Callable<Integer> {

  @Option(names = "--route", paramLabel = "TEXT", required = true, description = "A route's text.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String route;

  @Option(
      names = "--message",
      paramLabel = "FILE",
      required = true,
      description = {
        "A message as JSON: systemProperties, properties, and one of body, bodyText, bodyBase64;",
        "or a vector file, with --name."
      })
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path message;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Which of the messages of a vector file.")
  private @Nullable String name;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Output output = new Output(System.out, System.err);
    return ExitCode.of(new RouteExplain(output, json).run(route, message, name));
  }
}
