package dev.edgehub.launch;

import java.util.Locale;

/** Numbers in sentences. */
final class Words {

  private Words() {}

  /**
   * A time in the unit that fits it: {@code 1.5 s}, {@code 12 min}, {@code 5.0 h}, {@code 3.0 d}.
   */
  static String time(double seconds) {
    if (seconds < 120) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (seconds < 7_200) {
      return String.format(Locale.ROOT, "%.0f min", seconds / 60);
    }
    return seconds < 172_800
        ? String.format(Locale.ROOT, "%.1f h", seconds / 3_600)
        : String.format(Locale.ROOT, "%.1f d", seconds / 86_400);
  }

  /** {@code 1 message}, {@code 2 messages}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
