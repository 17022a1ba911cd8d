package dev.edgehub.store;

import java.util.Random;

/** Randomness that can be had again: {@code -Dhub.seed=} replays a failed run. */
final class Seed {

  private Seed() {}

  static Random random(String test) {
    long seed = Long.getLong("hub.seed", System.nanoTime());
    System.out.println(test + " runs with -Dhub.seed=" + seed);
    return new Random(seed);
  }
}
