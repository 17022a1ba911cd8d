package dev.edgehub.launch.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LedgerTest {

  private static final long SECOND = 1_000_000_000L;

  private long now;
  private final Ledger ledger = new Ledger(100, () -> now);

  @Test
  void putsEveryReadingIntoExactlyOnePlace() {
    forward(1);
    ledger.cloudReceived(1, "b1");
    drop(2);
    forward(3);
    ledger.cloudReceived(3, "b3");

    Tally tally = ledger.tally();

    assertEquals(3, tally.accepted());
    assertEquals(2, tally.delivered());
    assertEquals(1, tally.filtered());
    assertEquals(0, tally.lost() + tally.pending() + tally.expired() + tally.duplicates());
  }

  @Test
  void countsAnOvertakenReadingAsLostAndOneBehindTheNewestAsPending() {
    send(1);
    send(2);
    send(3);
    ledger.filterReceived(2, "a2");
    ledger.filterDropped(2);

    HopTally hop = ledger.tally().sensorToFilter();

    assertEquals(1, hop.lost());
    assertEquals(1, hop.delivered());
    assertEquals(1, hop.pending());
  }

  @Test
  void countsEverythingThatIsMissingAsLostWhenNothingArrivesAnyMore() {
    drop(1);
    send(2);
    now += HopLedger.MOVING_NANOS;

    Tally tally = ledger.tally();

    assertEquals(1, tally.lost());
    assertEquals(0, tally.pending());
  }

  @Test
  void countsWhatWasLostBehindTheFilterOnTheSecondHopOnly() {
    forward(1);
    forward(2);
    ledger.cloudReceived(2, "b2");

    Tally tally = ledger.tally();

    assertEquals(0, tally.sensorToFilter().lost());
    assertEquals(1, tally.filterToCloud().lost());
    assertEquals(1, tally.lost());
    assertEquals(1, tally.delivered());
  }

  @Test
  void countsAMissingReadingAsExpiredOnceItsTimeToLiveIsOver() {
    send(1);
    now += 101 * SECOND;

    Tally tally = ledger.tally();

    assertEquals(1, tally.expired());
    assertEquals(0, tally.lost());
  }

  @Test
  void countsAReadingInTheFiltersHandsAsPending() {
    send(1);
    ledger.filterReceived(1, "a1");
    ledger.filterSent(1);

    Tally tally = ledger.tally();

    assertEquals(1, tally.pending());
    assertEquals(0, tally.lost());
    assertFalse(ledger.awaitSettled(0));
  }

  @Test
  void doesNotAcceptWhatWasNeverAcknowledgedEvenIfItArrives() {
    ledger.sensorSent(1);
    ledger.filterReceived(1, "a1");
    ledger.filterDropped(1);

    Tally tally = ledger.tally();

    assertEquals(0, tally.accepted());
    assertEquals(0, tally.sensorToFilter().delivered());
    assertEquals(1, tally.sensorToFilter().unasked());
    assertFalse(ledger.awaitSettled(0));
  }

  @Test
  void tellsADeliveryThatWasRepeatedFromAnEntryThatWasStoredTwice() {
    drop(1);
    ledger.filterReceived(1, "a1");
    ledger.filterReceived(1, "a1-stored-again");

    HopTally hop = ledger.tally().sensorToFilter();

    assertEquals(2, hop.duplicates());
    assertEquals(2, hop.entries());
    assertEquals(3, hop.arrivals());
    assertEquals(1, hop.delivered());
  }

  @Test
  void isSettledWhateverComesFirstAcknowledgementOrArrival() {
    ledger.sensorSent(1);
    ledger.filterReceived(1, "a1");
    ledger.filterSent(1);
    ledger.cloudReceived(1, "b1");
    assertFalse(ledger.awaitSettled(0));

    ledger.filterAcknowledged(1);
    ledger.sensorAcknowledged(1);

    assertTrue(ledger.awaitSettled(0));
    assertEquals(1, ledger.tally().delivered());
  }

  private void send(long id) {
    ledger.sensorSent(id);
    ledger.sensorAcknowledged(id);
  }

  private void drop(long id) {
    send(id);
    ledger.filterReceived(id, "a" + id);
    ledger.filterDropped(id);
  }

  private void forward(long id) {
    send(id);
    ledger.filterReceived(id, "a" + id);
    ledger.filterSent(id);
    ledger.filterAcknowledged(id);
  }
}
