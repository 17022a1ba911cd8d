package dev.edgehub.fuzz;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How a run of the fuzzer ended. */
record FuzzRun(int status, String log) {

  private static final int SHOWN = 6_000;
  private static final Pattern STATE =
      Pattern.compile("#(\\d+)\\s+(\\w+)\\s+(?:cov: (\\d+) ft: \\d+ )?corp: (\\d+)");

  /** Edges of our code that the kept inputs take. */
  int coverageAtStart() {
    return number("INITED", 3);
  }

  int coverageAtEnd() {
    return number("DONE", 3);
  }

  int executions() {
    return number("DONE", 1);
  }

  int inputs() {
    return number("DONE", 4);
  }

  /** What the log says of an event; no edges at all are left out there. */
  private int number(String event, int group) {
    return STATE
        .matcher(log)
        .results()
        .filter(result -> result.group(2).equals(event))
        .map((MatchResult result) -> result.group(group) == null ? "0" : result.group(group))
        .map(Integer::parseInt)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + event + " in the log:\n" + end()));
  }

  /** The last of the log, with the finding and its bytes in base 64. */
  String end() {
    return log.substring(Math.max(0, log.length() - SHOWN));
  }
}
