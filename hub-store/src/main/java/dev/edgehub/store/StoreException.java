package dev.edgehub.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The store cannot be opened, or has failed for good. The message says what to do next. */
public final class StoreException extends RuntimeException {

  /** What a caller can do about it. */
  public enum Kind {
    /** Another process has the directory open. */
    IN_USE,
    /** Written by a newer version. */
    NEWER,
    /** Contents fail their checks. */
    DAMAGED,
    /** The operating system refused a file operation. */
    IO
  }

  /** What to do about damage, as the end of a message. */
  static final String ADVICE =
      "nothing was changed: keep a copy of the directory; put a backup in its place, or start on"
          + " another dataDir";

  private final Kind kind;

  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  public Kind kind() {
    return kind;
  }
}
