package dev.edgehub.lang;

import java.util.Objects;

/**
 * The FROM part of a route.
 *
 * @param prefix what a message's source path must start with, ignoring case; ends in one {@code /}
 */
public record SourcePattern(String prefix) {

  public SourcePattern {
    Objects.requireNonNull(prefix, "prefix");
    if (!prefix.endsWith("/")) {
      throw new IllegalArgumentException("a source prefix ends in /: " + prefix);
    }
  }

  /**
   * Whether the pattern selects a message.
   *
   * @param sourcePath the message's source path, ending in {@code /}
   */
  public boolean matches(String sourcePath) {
    return sourcePath.regionMatches(true, 0, prefix, 0, prefix.length());
  }
}
