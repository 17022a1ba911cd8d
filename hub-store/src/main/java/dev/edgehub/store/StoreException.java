package dev.edgehub.store;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The store cannot be opened, or has failed for good. The message says what to do next. */
public final class StoreException extends RuntimeException {

  /** What a caller can do about it. */
  public enum Kind {
    /** Another process has the directory open. */
    IN_USE,
    /** Written by a version whose format this one does not read, mostly a newer one. */
    OTHER_FORMAT,
    /** Contents fail their checks. */
    DAMAGED,
    /** The operating system refused a file operation. */
    IO
  }

  /** What to do about damage, as the end of a message. */
  static final String ADVICE =
      "to see what is damaged run: edge-hub doctor, with the options of edge-hub run";

  /** What an operator types to have the store in {@code root} repaired, whatever it costs. */
  static String repair(Path root) {
    return "run: edge-hub doctor --repair " + root.toAbsolutePath();
  }

  /** A message for a report, in which the advice has no place. */
  static String withoutAdvice(StoreException damaged) {
    String message = String.valueOf(damaged.getMessage());
    int advice = message.indexOf("; " + ADVICE);
    return advice < 0 ? message : message.substring(0, advice);
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  public Kind kind() {
    return kind;
  }

  /** What has ended the writer thread. */
  static StoreException ofTheWriter(Throwable failure) {
    return failure instanceof StoreException known
        ? known
        : new StoreException(Kind.IO, "the store's writer stopped: " + failure, failure);
  }
}
