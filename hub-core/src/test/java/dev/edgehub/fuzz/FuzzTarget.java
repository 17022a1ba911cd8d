package dev.edgehub.fuzz;

import java.nio.file.Path;
import java.util.Locale;

/** What is fuzzed, and how long the inputs are. */
enum FuzzTarget {
  ROUTE(RouteTarget.class, "language", 256, "cov"),
  CONDITION(ConditionTarget.class, "language", 384, "cov"),
  // the names of members are compared with those of paths, which the fuzzer does well to watch
  BODY(BodyTarget.class, "body", 384, "cov:cmp");

  private static final Path FILES = Path.of("src", "test", "fuzz");

  private final Class<?> type;
  private final String dictionary;
  private final int longest;
  private final String trace;

  FuzzTarget(Class<?> type, String dictionary, int longest, String trace) {
    this.type = type;
    this.dictionary = dictionary;
    this.longest = longest;
    this.trace = trace;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  Class<?> type() {
    return type;
  }

  /** The inputs that are kept, found by earlier runs. */
  Path corpus() {
    return FILES.resolve(id() + ".zip");
  }

  Path dictionary() {
    return FILES.resolve(dictionary + ".dict");
  }

  /** The longest input in bytes: longer ones are slower and seldom reach anything new. */
  int longest() {
    return longest;
  }

  /** What the fuzzer watches beside the edges taken. */
  String trace() {
    return trace;
  }

  /** Runs the target once, without a fuzzer. */
  void run(byte[] input) {
    switch (this) {
      case ROUTE -> RouteTarget.fuzzerTestOneInput(input);
      case CONDITION -> ConditionTarget.fuzzerTestOneInput(input);
      case BODY -> BodyTarget.fuzzerTestOneInput(input);
    }
  }
}
