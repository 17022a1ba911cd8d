package dev.edgehub.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is fuzzed.
 *
 * @param id its name, and that of its kept inputs
 * @param type the class whose {@code fuzzerTestOneInput} the fuzzer calls
 * @param once runs one input without a fuzzer
 * @param dictionary name of the file of words
 * @param longest the longest input in bytes: longer ones are slower and seldom reach anything new
 * @param trace what the fuzzer watches: {@code cov} for edges, {@code cov:cmp} for comparisons too
 * @param watched packages whose edges count, each as a pattern
 */
public record FuzzTarget(
    String id,
    Class<?> type,
    Consumer<byte[]> once,
    String dictionary,
    int longest,
    String trace,
    List<String> watched) {

  private static final Path FILES = Path.of("src", "test", "fuzz");

  /** The inputs that are kept, found by earlier runs. */
  Path corpus() {
    return FILES.resolve(id + ".zip");
  }

  Path words() {
    return FILES.resolve(dictionary + ".dict");
  }

  @Override
  public String toString() {
    return id;
  }
}
