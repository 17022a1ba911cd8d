package dev.edgehub.delivery;

import java.util.random.RandomGenerator;

/**
 * How long to wait after failures: doubling from {@code firstMillis} to {@code mostMillis}, each
 * wait shortened by up to a fifth at random so that many waiters do not come back together.
 *
 * @param firstMillis after one failure, at least 1
 * @param mostMillis at most, at least {@code firstMillis}
 */
public record RetryPolicy(long firstMillis, long mostMillis, RandomGenerator random) {

  public RetryPolicy {
    if (firstMillis < 1 || mostMillis < firstMillis) {
      throw new IllegalArgumentException("not a back-off: " + firstMillis + " to " + mostMillis);
    }
  }

  /**
   * The wait before the next attempt, in ms.
   *
   * @param failures in a row so far, at least 1
   */
  public long waitMillis(int failures) {
    long full = firstMillis;
    for (int i = 1; i < failures && full < mostMillis; i++) {
      full = Math.min(mostMillis, 2 * full);
    }
    return full - (long) (full * 0.2 * random.nextDouble());
  }
}
