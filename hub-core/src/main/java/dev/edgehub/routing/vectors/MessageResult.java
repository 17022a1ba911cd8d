package dev.edgehub.routing.vectors;

import java.util.Objects;

/** A written-down message, or why it is none. */
public sealed interface MessageResult {

  record Usable(VectorMessage message) implements MessageResult {
    public Usable {
      Objects.requireNonNull(message, "message");
    }
  }

  /**
   * Nothing of the file can be used.
   *
   * @param why what was expected and what was found; may quote the file
   */
  record Unusable(String why) implements MessageResult {
    public Unusable {
      Objects.requireNonNull(why, "why");
    }
  }
}
