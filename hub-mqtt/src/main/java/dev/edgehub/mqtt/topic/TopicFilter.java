package dev.edgehub.mqtt.topic;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A topic filter with wildcards (MQTT 3.1.1, 4.7). */
public final class TopicFilter {

  /** The most levels of a filter or topic. */
  public static final int MAX_LEVELS = 128;

  private final String text;
  private final String[] levels;

  private TopicFilter(String text, String[] levels) {
    this.text = text;
    this.levels = levels;
  }

  /** Reads a filter; empty when it is not one. */
  public static Optional<TopicFilter> parse(String text) {
    Objects.requireNonNull(text, "text");
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    String[] levels = text.split("/", MAX_LEVELS + 1);
    if (levels.length > MAX_LEVELS) {
      return Optional.empty();
    }
    for (int i = 0; i < levels.length; i++) {
      String level = levels[i];
      boolean wild = level.indexOf('+') >= 0 || level.indexOf('#') >= 0;
      boolean legal = level.equals("+") || (level.equals("#") && i == levels.length - 1);
      if (wild && !legal) {
        return Optional.empty();
      }
    }
    return Optional.of(new TopicFilter(text, levels));
  }

  /** Whether a topic name matches; wildcards do not stand for a first level that begins with $. */
  public boolean matches(String topic) {
    boolean wildStart = levels[0].equals("+") || levels[0].equals("#");
    if (topic.startsWith("$") && wildStart) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < levels.length; i++) {
      if (levels[i].equals("#")) {
        return true;
      }
      if (at > topic.length()) {
        return false;
      }
      int slash = topic.indexOf('/', at);
      int end = slash < 0 ? topic.length() : slash;
      boolean same =
          levels[i].equals("+")
              || (levels[i].length() == end - at && topic.startsWith(levels[i], at));
      if (!same) {
        return false;
      }
      at = end + 1;
    }
    return at > topic.length();
  }

  /** The filter as the client wrote it. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TopicFilter that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
