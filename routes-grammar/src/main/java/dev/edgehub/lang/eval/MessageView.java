package dev.edgehub.lang.eval;

import org.jspecify.annotations.Nullable;

/**
 * What a condition may ask of one message. Names compare without regard to case, values with it.
 * Used by one thread at a time; no method throws because of the message's content.
 */
public interface MessageView {

  /** The value of a user property; null when it is missing or when its value is null. */
  @Nullable String property(String name);

  /** Whether a user property of this name is present, be its value null or text. */
  boolean hasProperty(String name);

  /** The value of a system property; null when it is missing or when its value is null. */
  @Nullable String systemProperty(String name);

  /** Whether a system property of this name is present, be its value null or text. */
  boolean hasSystemProperty(String name);

  /**
   * The value at {@code path} of the body, or {@link Value#UNDEFINED} when the body is not readable
   * as one JSON object (content type, encoding, damage anywhere in it). A path that leads nowhere
   * is {@link Value#MISSING}.
   */
  Value body(BodyPath path);
}
