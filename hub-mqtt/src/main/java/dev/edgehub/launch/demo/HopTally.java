package dev.edgehub.launch.demo;

/**
 * One hop's figures: {@code accepted = delivered + expired + pending + lost}.
 *
 * @param accepted different readings acknowledged to the sender
 * @param delivered those of them that the receiver received
 * @param expired those not received whose time to live has ended
 * @param pending those not received that a queue still delivers
 * @param duplicates arrivals beyond the first of each reading
 * @param lost all others
 * @param unasked different readings received that were never acknowledged to the sender
 * @param entries different queue entries received: a repetition that was stored is one more
 * @param arrivals everything received
 */
record HopTally(
    long accepted,
    long delivered,
    long expired,
    long pending,
    long duplicates,
    long lost,
    long unasked,
    long entries,
    long arrivals) {}
