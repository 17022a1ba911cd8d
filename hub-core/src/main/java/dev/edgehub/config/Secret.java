package dev.edgehub.config;

import java.util.Objects;

/** A text that is never printed. */
public record Secret(String reveal) {
  public Secret {
    Objects.requireNonNull(reveal, "reveal");
  }

  @Override
  public String toString() {
    return "***";
  }
}
