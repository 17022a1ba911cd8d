package dev.edgehub.store;

import java.util.List;
import java.util.Objects;

/**
 * What damage to a store's files has cost, kept in the store.
 *
 * @param wallMillis when it was found (ms since the epoch)
 * @param cause what was found, one sentence
 * @param quarantine the directory that holds the damaged files, or empty when there is none
 * @param lost exactly what was acknowledged, is still owed and can no longer be read; may be empty
 * @param remarks what else was noticed: records without a name, documents that may be older
 */
public record LossReport(
    long wallMillis, String cause, String quarantine, List<LostRange> lost, List<String> remarks) {

  public LossReport {
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(quarantine, "quarantine");
    lost = List.copyOf(lost);
    remarks = List.copyOf(remarks);
  }

  /** How many entries are lost. */
  public long entries() {
    return lost.stream().mapToLong(part -> part.range().to() - part.range().from()).sum();
  }
}
