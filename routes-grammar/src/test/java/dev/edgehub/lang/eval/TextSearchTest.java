package dev.edgehub.lang.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextSearchTest {

  @Test
  void findsWhatThePlainSearchFinds() {
    long seed = Long.getLong("hub.seed", System.nanoTime());
    System.out.println("TextSearchTest runs with -Dhub.seed=" + seed);
    Random random = new Random(seed);
    int found = 0;
    for (int i = 0; i < 2_000; i++) {
      String text = text(random, 2_000 + random.nextInt(2_000));
      int start = random.nextInt(1_000);
      String part = text.substring(start, start + 40 + random.nextInt(800));
      if (random.nextBoolean()) {
        part += text(random, 1 + random.nextInt(5));
      }
      int expected = text.indexOf(part);
      assertEquals(expected, TextSearch.indexOf(text, part), () -> "seed " + seed);
      found += expected < 0 ? 0 : 1;
    }
    assertTrue(found > 500 && found < 1_990, "found: " + found);
  }

  /** Of two letters, one of them rare, so that parts nearly match in many places. */
  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(64) == 0 ? 'b' : 'a');
    }
    return text.toString();
  }

  @Test
  void takesTheFirstOfSeveralPlaces() {
    String part = "ab".repeat(500) + "c";

    assertEquals(2, TextSearch.indexOf("ab" + part + part, part));
    assertEquals(0, TextSearch.indexOf("a".repeat(100_000), "a".repeat(50_000)));
    assertEquals(0, TextSearch.indexOf("", ""));
    assertEquals(0, TextSearch.indexOf("x".repeat(100_000), ""));
  }

  @Test
  void endsSoonWhenEveryPlaceNearlyMatches() {
    // the product of the lengths is 5 * 10^11: the plain search would take minutes
    String text = "a".repeat(2_000_000);

    assertFalse(TextSearch.contains(text, "a".repeat(250_000) + "b"));
    assertEquals(-1, TextSearch.indexOf(text, "b" + "a".repeat(250_000)));
  }
}
