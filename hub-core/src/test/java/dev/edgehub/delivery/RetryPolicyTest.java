package dev.edgehub.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.testing.Seed;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  @Test
  void doublesUpToTheMost() {
    RetryPolicy policy = new RetryPolicy(100, 1_000, () -> 0L);

    List<Long> waits = IntStream.rangeClosed(1, 6).mapToObj(policy::waitMillis).toList();

    assertEquals(List.of(100L, 200L, 400L, 800L, 1_000L, 1_000L), waits);
    assertEquals(1_000, policy.waitMillis(Integer.MAX_VALUE));
  }

  @Test
  void shortensEachWaitByAtMostAFifth() {
    RetryPolicy policy = new RetryPolicy(1_000, 1_000, Seed.random("RetryPolicyTest"));

    for (int i = 0; i < 1_000; i++) {
      long wait = policy.waitMillis(3);
      assertTrue(wait >= 800 && wait <= 1_000, () -> "waits " + wait);
    }
  }

  @Test
  void isNotMadeOfNumbersThatAreNoBackOff() {
    assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(0, 10, () -> 0L));
    assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(10, 9, () -> 0L));
  }
}
