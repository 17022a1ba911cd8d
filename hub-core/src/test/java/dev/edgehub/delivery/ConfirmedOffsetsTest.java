package dev.edgehub.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.store.OffsetRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmedOffsetsTest {

  private final ConfirmedOffsets offsets = new ConfirmedOffsets();

  @Test
  void givesTheLongestRangesInOrder() {
    for (long offset : new long[] {9, 3, 1, 2, 7, 8}) {
      offsets.add(offset);
    }

    List<OffsetRange> ranges = offsets.drain();

    assertEquals(List.of(new OffsetRange(1, 4), new OffsetRange(7, 10)), ranges);
  }

  @Test
  void takesTheSameOffsetTwice() {
    offsets.add(4);
    offsets.add(4);

    assertEquals(List.of(new OffsetRange(4, 5)), offsets.drain());
  }

  @Test
  void isEmptyAfterItWasDrained() {
    for (long offset = 0; offset < 1_000; offset++) {
      offsets.add(offset);
    }

    List<OffsetRange> ranges = offsets.drain();

    assertEquals(List.of(new OffsetRange(0, 1_000)), ranges);
    assertTrue(offsets.isEmpty());
    assertEquals(List.of(), offsets.drain());
  }
}
