package dev.edgehub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Locale;

/** What a load generator's run says, as one line; rates and what is between them. */
final class Table {

  private Table() {}

  static void head() {
    System.out.println("round  who           msg/s  p50 us   p99 us  CPU s/100k  RSS MB");
  }

  /**
   * Prints a line.
   *
   * @param rate which of the result's rates counts
   * @param latency which of its latencies counts
   */
  static void line(int round, String who, JsonNode result, String rate, String latency) {
    System.out.printf(
        Locale.ROOT,
        "%-6d %-9s %9.0f  %6.0f  %7.0f  %10.3f  %6.0f%s%n",
        round,
        who,
        result.path(rate).asDouble(),
        result.path(latency).path("p50").asDouble(),
        result.path(latency).path("p99").asDouble(),
        result.path("broker_cpu_s_per_100k").asDouble(),
        result.path("broker_rss_kb").asDouble() / 1_024,
        result.path("ok").asBoolean()
            ? ""
            : "  NOT WELL: " + result.path("missing").asLong() + " missing");
  }

  /** The middle one; the upper of two. */
  static double median(Collection<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }
}
