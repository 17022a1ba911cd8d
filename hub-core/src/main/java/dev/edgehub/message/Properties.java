package dev.edgehub.message;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The application properties of a message, in the order given. Names compare without regard to
 * case; a value may be null. Immutable. Lookup is linear: messages carry a handful of properties.
 */
public final class Properties {

  public static final Properties NONE = new Properties(new String[0]);

  /** Name, value, name, value, … */
  private final @Nullable String[] pairs;

  private Properties(@Nullable String[] pairs) {
    this.pairs = pairs;
  }

  public int size() {
    return pairs.length / 2;
  }

  /** The name at {@code position}, from 0 to {@link #size} exclusive. */
  public String name(int position) {
    return Objects.requireNonNull(pairs[2 * position]);
  }

  /** The value at {@code position}, from 0 to {@link #size} exclusive; may be null. */
  public @Nullable String value(int position) {
    return pairs[2 * position + 1];
  }

  /** Where the property of that name is, or empty-handed a number below 0. */
  int find(String name) {
    return find(pairs, pairs.length, name);
  }

  public boolean contains(String name) {
    return find(name) >= 0;
  }

  /** The value of that name; null when it is missing or null. */
  public @Nullable String get(String name) {
    int at = find(name);
    return at < 0 ? null : value(at);
  }

  private static int find(@Nullable String[] pairs, int length, String name) {
    for (int i = 0; i < length; i += 2) {
      if (isSame(name, pairs[i])) {
        return i / 2;
      }
    }
    return -1;
  }

  /** Names are mostly written in the same case, and that is told faster. */
  private static boolean isSame(String name, @Nullable String other) {
    return name.equals(other) || name.equalsIgnoreCase(other);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Properties that && Arrays.equals(pairs, that.pairs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pairs);
  }

  @Override
  public String toString() {
    return Arrays.toString(pairs);
  }

  /** Collects properties; of one given twice the last counts. Used by one thread. */
  public static final class Builder {

    private @Nullable String[] pairs = new String[8];
    private int length;

    public Builder set(String name, @Nullable String value) {
      Objects.requireNonNull(name, "name");
      int at = find(pairs, length, name);
      if (at >= 0) {
        pairs[2 * at] = name;
        pairs[2 * at + 1] = value;
        return this;
      }
      if (length == pairs.length) {
        pairs = Arrays.copyOf(pairs, 2 * length);
      }
      pairs[length++] = name;
      pairs[length++] = value;
      return this;
    }

    public Properties build() {
      return length == 0 ? NONE : new Properties(Arrays.copyOf(pairs, length));
    }
  }
}
