package dev.edgehub.launch.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes a report for people. */
final class ReportText {

  private static final String LEDGER_ROW = "  %-26s %8s %9s %7s %7s %8s %10s %6s";
  private static final String QUEUE_ROW = "  %-41s %8s %9s %7s %7s %7s";

  private ReportText() {}

  static List<String> write(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("LEDGER: readings, by what the demo's own clients had acknowledged and received");
    ledger(lines, report.tally());
    lines.add("");
    lines.add(
        "BESIDE IT, the hubs' own counters: entries, one more for a repetition that was stored");
    queues(lines, report);
    lines.add("");
    for (Kill kill : report.kills()) {
      lines.add(
          "killed (SIGKILL) pid "
              + kill.pid()
              + ", started "
              + kill.startedAt()
              + ", killed "
              + kill.killedAt()
              + ", started again "
              + kill.restartedAt());
    }
    if (!report.settled()) {
      lines.add("NOT SETTLED: readings were still under way when the ledger was closed");
    }
    lines.add(summary(report.tally()));
    return lines;
  }

  private static void ledger(List<String> lines, Tally tally) {
    lines.add(
        row(
            LEDGER_ROW,
            "HOP",
            "ACCEPTED",
            "DELIVERED",
            "EXPIRED",
            "PENDING",
            "FILTERED",
            "DUPLICATES",
            "LOST"));
    lines.add(hop("tempSensor -> filtermodule", tally.sensorToFilter()));
    lines.add(hop("filtermodule -> cloudApp", tally.filterToCloud()));
    lines.add(
        row(
            LEDGER_ROW,
            "from end to end",
            Figures.count(tally.accepted()),
            Figures.count(tally.delivered()),
            Figures.count(tally.expired()),
            Figures.count(tally.pending()),
            Figures.count(tally.filtered()),
            Figures.count(tally.duplicates()),
            Figures.count(tally.lost())));
  }

  private static String hop(String name, HopTally hop) {
    return row(
        LEDGER_ROW,
        name,
        Figures.count(hop.accepted()),
        Figures.count(hop.delivered()),
        Figures.count(hop.expired()),
        Figures.count(hop.pending()),
        "-",
        Figures.count(hop.duplicates()),
        Figures.count(hop.lost()));
  }

  private static void queues(List<String> lines, Report report) {
    Audit audit = report.audit();
    HopTally first = report.tally().sensorToFilter();
    HopTally second = report.tally().filterToCloud();
    lines.add(row(QUEUE_ROW, "QUEUE", "STORED", "DELIVERED", "EXPIRED", "WAITING", "DROPPED"));
    lines.add(queue("edge", audit.filterQueue()));
    lines.add(queue("edge", audit.upstreamQueue()));
    lines.add(queue("cloud", audit.cloudQueue()));
    if (audit.disagreements().isEmpty()) {
      lines.add(
          "  They agree: filtermodule received "
              + Figures.count(first.entries())
              + " different entries, cloudApp "
              + Figures.count(second.entries())
              + " of the edge hub in "
              + Figures.count(second.arrivals())
              + " messages.");
    } else {
      audit.disagreements().forEach(text -> lines.add("  THEY DISAGREE: " + text));
    }
  }

  private static String queue(String hub, QueueFigures queue) {
    return row(
        QUEUE_ROW,
        hub + ": " + queue.sink(),
        Figures.count(queue.appended()),
        Figures.count(queue.delivered()),
        Figures.count(queue.expired()),
        Figures.count(queue.depth()),
        Figures.count(queue.dropped()));
  }

  /** One line that scripts can look into. */
  private static String summary(Tally tally) {
    return String.join(
        ", ",
        Stream.of(
                "accepted " + tally.accepted(),
                "delivered " + tally.delivered(),
                "expired " + tally.expired(),
                "pending " + tally.pending(),
                "filtered " + tally.filtered(),
                "duplicates " + tally.duplicates(),
                "lost " + tally.lost())
            .toList());
  }

  private static String row(String format, String... cells) {
    return String.format(Locale.ROOT, format, (Object[]) cells);
  }
}
