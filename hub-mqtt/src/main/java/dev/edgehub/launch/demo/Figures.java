package dev.edgehub.launch.demo;

import java.util.Locale;

/** Numbers as people read them. */
final class Figures {

  private Figures() {}

  /** {@code 1,234}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 12.3 s}. */
  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  /** {@code 01:23}. */
  static String clock(long millis) {
    return String.format(Locale.ROOT, "%02d:%02d", millis / 60_000, millis / 1_000 % 60);
  }
}
