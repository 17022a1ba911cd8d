package dev.edgehub.lang;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word that was probably meant. */
final class Nearest {

  private static final int LONGEST = 40;
  private static final int MOST_EDITS = 2;

  private Nearest() {}

  /** The word closest to {@code written}, whatever the case; null if none is close. */
  static @Nullable String of(String written, Collection<String> words) {
    String best = null;
    int fewest = Math.min(MOST_EDITS, written.length() / 3) + 1;
    if (written.length() > LONGEST) {
      return null;
    }
    String lower = written.toLowerCase(Locale.ROOT);
    for (String word : words) {
      int edits = edits(lower, word.toLowerCase(Locale.ROOT));
      if (edits < fewest) {
        fewest = edits;
        best = word;
      }
    }
    return best;
  }

  /** Letters to add, drop, change or swap with their neighbour. */
  private static int edits(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, i, to, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int cheapest(int[][] cost, String from, int i, String to, int j) {
    int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int best = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
