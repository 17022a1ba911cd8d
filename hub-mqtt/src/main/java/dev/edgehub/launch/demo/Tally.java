package dev.edgehub.launch.demo;

/**
 * The ledger, closed: {@code accepted = delivered + filtered + expired + pending + lost}, each
 * reading in exactly one of them. {@link Ledger} says how each is found.
 */
record Tally(
    long accepted,
    long delivered,
    long expired,
    long pending,
    long filtered,
    long duplicates,
    long lost,
    HopTally sensorToFilter,
    HopTally filterToCloud) {}
