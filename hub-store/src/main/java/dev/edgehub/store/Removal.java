package dev.edgehub.store;

/**
 * What became of a removal.
 *
 * @param outcome {@code FULL}: the entries are out of the queue, and will be on the disk when there
 *     is room again
 * @param entries how many were still owed, and are not any more
 */
public record Removal(AppendOutcome outcome, long entries) {}
