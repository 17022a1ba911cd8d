package dev.edgehub.launch;

import dev.edgehub.launch.routes.Output;
import dev.edgehub.launch.routes.VectorRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edge-hub routes test}. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Runs test vectors (format routing-vectors/1) through the code that serves.",
      "Exit status 1 if one failed, 2 if a file cannot be used."
    })
final class RoutesTestCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Vector files; of a directory its *.json.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Output output = new Output(System.out, System.err);
    return ExitCode.of(new VectorRun(output, json).run(files));
  }
}
