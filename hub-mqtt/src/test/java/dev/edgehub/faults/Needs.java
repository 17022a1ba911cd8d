package dev.edgehub.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a fault needs of the machine: tests without it are skipped, never in CI. */
final class Needs {

  private Needs() {}

  /** Goes on, or ends the test: skipped, or failed in CI. */
  static void that(boolean there, String need) {
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI must have this: " + need);
    }
    if (!there) {
      System.out.println("skipped, for want of: " + need);
    }
    assumeTrue(there, "skipped, for want of: " + need);
  }
}
