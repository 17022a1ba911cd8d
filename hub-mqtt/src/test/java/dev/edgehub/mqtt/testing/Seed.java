package dev.edgehub.mqtt.testing;

import java.util.Random;

/** Randomness that can be had again: {@code -Dhub.seed=} replays a failed run. */
public final class Seed {

  private Seed() {}

  public static Random random(String test) {
    long seed = Long.getLong("hub.seed", System.nanoTime());
    System.out.println(test + " runs with -Dhub.seed=" + seed);
    return new Random(seed);
  }
}
