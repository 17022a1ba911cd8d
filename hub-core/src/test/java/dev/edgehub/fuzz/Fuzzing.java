package dev.edgehub.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes every target of a module for a short while, from the kept inputs on: a subclass names them
 * in a static {@code targets()}. For a long run {@code -Dfuzz.target=} names the target and {@code
 * -Dfuzz.runs=} the executions; {@code -Dfuzz.keep=true} then keeps what was found.
 */
public abstract class Fuzzing {

  private final String seconds;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  /**
   * Tests of a module.
   *
   * @param seconds for each target, when nothing else is asked for
   */
  protected Fuzzing(int seconds) {
    this.seconds = System.getProperty("fuzz.seconds", Integer.toString(seconds));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void findsNothing(FuzzTarget target) throws Exception {
    String wanted = System.getProperty("fuzz.target", "");
    assumeTrue(wanted.isEmpty() || wanted.equals(target.id()), "another target is asked for");
    Fuzzer fuzzer = new Fuzzer(target, directory);
    Path corpus = directory.resolve("corpus");
    Corpus.unpack(target.corpus(), corpus);

    FuzzRun blank = fuzzer.run("-runs=1", newDirectory("blank"));
    assertEquals(0, blank.status(), blank::end);
    FuzzRun run = fuzzer.run(howLong(), corpus.toString());

    assertEquals(0, run.status(), run::end);
    System.out.printf(
        "fuzz %s: %d executions, %d edges with an empty corpus, %d with the kept one, %d at the"
            + " end, %d inputs%n",
        target.id(),
        run.executions(),
        blank.coverageAtEnd(),
        run.coverageAtStart(),
        run.coverageAtEnd(),
        run.inputs());
    // a fuzzer without instrumentation sees the same few edges whatever it tries
    assertTrue(run.coverageAtStart() > 2 * blank.coverageAtEnd(), run::end);
    assertTrue(run.coverageAtEnd() >= run.coverageAtStart(), run::end);
    if (Boolean.getBoolean("fuzz.keep")) {
      keep(target, fuzzer, corpus);
    }
  }

  private String howLong() {
    String runs = System.getProperty("fuzz.runs", "");
    return runs.isEmpty() ? "-max_total_time=" + seconds : "-runs=" + runs;
  }

  private String newDirectory(String name) throws Exception {
    return Files.createDirectories(directory.resolve(name)).toString();
  }

  /** Replaces the kept inputs by the fewest that take the same edges as often. */
  private void keep(FuzzTarget target, Fuzzer fuzzer, Path corpus) throws Exception {
    String fewer = newDirectory("fewer");
    FuzzRun merge = fuzzer.run("-merge=1", fewer, corpus.toString());
    assertEquals(0, merge.status(), merge::end);
    Corpus.pack(Path.of(fewer), target.corpus());
  }
}
