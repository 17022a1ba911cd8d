package dev.edgehub.deadletter;

/**
 * How many dead letters a sink may have; the oldest make room for new ones.
 *
 * @param entries at least 1
 * @param bytes at least 1, counted as whole blocks of the store
 */
public record DeadLetterLimits(int entries, long bytes) {
  public DeadLetterLimits {
    if (entries < 1 || bytes < 1) {
      throw new IllegalArgumentException("no dead letters: " + entries + ", " + bytes);
    }
  }
}
