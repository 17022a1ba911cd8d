package dev.edgehub.routing.vectors;

import java.util.Objects;

/** A file of vectors, or why it is none. */
public sealed interface VectorFileResult {

  record Usable(VectorFile file) implements VectorFileResult {
    public Usable {
      Objects.requireNonNull(file, "file");
    }
  }

  /**
   * Nothing of the file can be used.
   *
   * @param why what was expected and what was found; may quote the file
   */
  record Unusable(String why) implements VectorFileResult {
    public Unusable {
      Objects.requireNonNull(why, "why");
    }
  }
}
