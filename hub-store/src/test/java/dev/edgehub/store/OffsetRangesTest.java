package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OffsetRangesTest {

  @Test
  void agreesWithASetOfBits() {
    Random random = Seed.random("OffsetRangesTest");
    for (int round = 0; round < 300; round++) {
      OffsetRanges ranges = new OffsetRanges();
      BitSet bits = new BitSet();
      for (int action = 0; action < 60; action++) {
        int from = random.nextInt(100);
        int to = from + 1 + random.nextInt(12);
        int before = bits.cardinality();
        bits.set(from, to);

        assertEquals(bits.cardinality() - before, ranges.add(from, to));

        assertAgree(bits, ranges);
        assertAgree(bits, new OffsetRanges(ranges.prefix(), ranges.above()));
      }
    }
  }

  private static void assertAgree(BitSet bits, OffsetRanges ranges) {
    assertEquals(bits.cardinality(), ranges.size());
    assertEquals(bits.nextClearBit(0), ranges.prefix());
    for (int at = 0; at < 115; at++) {
      assertEquals(bits.nextClearBit(at), ranges.nextOwed(at));
      assertEquals(bits.nextClearBit(at) >= at + 3, ranges.covers(at, at + 3));
      if (!bits.get(at)) {
        int end = bits.nextSetBit(at);
        assertEquals(end < 0 ? 115 : end, ranges.endOfOwed(at, 115));
      }
    }
  }

  @Test
  void refusesRangesThatTouch() {
    List<OffsetRange> touching = List.of(new OffsetRange(5, 7), new OffsetRange(7, 9));

    assertThrows(IllegalArgumentException.class, () -> new OffsetRanges(2, touching));
    assertThrows(IllegalArgumentException.class, () -> new OffsetRanges(5, touching.subList(0, 1)));
  }
}
