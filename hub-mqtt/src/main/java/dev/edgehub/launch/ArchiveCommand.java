package dev.edgehub.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code edge-hub archive}. The launcher asks the JVM for the archive; what is here is the run that
 * shows it which classes a hub needs.
 */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    description =
        "Prepares this installation for fast starts with this Java; once after unpacking.")
final class ArchiveCommand implements Callable<Integer> {

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("edge-hub-archive-");
    try {
      return new Rehearsal(directory).run();
    } finally {
      List<Path> deepestFirst;
      try (Stream<Path> all = Files.walk(directory)) {
        deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }
}
