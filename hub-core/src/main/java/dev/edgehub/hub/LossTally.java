package dev.edgehub.hub;

import dev.edgehub.store.LossReport;
import org.jspecify.annotations.Nullable;

/**
 * What damage to the store's files has cost since the hub was started.
 *
 * @param reports how often damage was found
 * @param entries messages lost, in all
 * @param first where the first of them were; empty when none is lost
 */
record LossTally(int reports, long entries, String first) {

  /** The tally with one more report. */
  static LossTally with(@Nullable LossTally before, LossReport report) {
    String first = report.lost().isEmpty() ? "" : report.lost().get(0).toString();
    return before == null
        ? new LossTally(1, report.entries(), first)
        : new LossTally(
            before.reports + 1,
            before.entries + report.entries(),
            before.first.isEmpty() ? first : before.first);
  }

  /** For health. */
  String sentence() {
    return entries == 0
        ? "the store was damaged and has been repaired, no message is lost; check the disk"
        : entries
            + " messages were lost to damage of the store's files, the first at "
            + first
            + "; the log names all of them; check the disk";
  }
}
