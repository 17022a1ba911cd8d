package dev.edgehub.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The system properties a sender gave to a message. Immutable. */
public final class SystemProperties {

  private static final int COUNT = SystemProperty.NUMBERS;

  public static final SystemProperties NONE = new SystemProperties(new String[COUNT]);

  private final @Nullable String[] values;

  private SystemProperties(@Nullable String[] values) {
    this.values = values;
  }

  /** The property's value, or null when it was not given. */
  public @Nullable String get(SystemProperty property) {
    return values[property.number()];
  }

  /** How many properties were given. */
  public int size() {
    int size = 0;
    for (String value : values) {
      if (value != null) {
        size++;
      }
    }
    return size;
  }

  /** Collects system properties; of one given twice the last counts. Used by one thread. */
  public static final class Builder {

    private @Nullable String @Nullable [] values;

    public Builder set(SystemProperty property, String value) {
      if (values == null) {
        values = new String[COUNT];
      }
      values[property.number()] = Objects.requireNonNull(value, "value");
      return this;
    }

    public SystemProperties build() {
      return values == null ? NONE : new SystemProperties(values.clone());
    }
  }
}
