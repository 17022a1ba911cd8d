package dev.edgehub.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A component cannot start or go on. The message names what was found and what to do next. */
public final class HubException extends RuntimeException {

  private final ErrorCode code;

  public HubException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public HubException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code, "code");
  }

  public ErrorCode code() {
    return code;
  }
}
