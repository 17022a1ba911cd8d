package dev.edgehub.launch;

import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.launch.routes.Verdict;

/** What a command's exit status says. */
final class ExitCode {

  static final int DONE = 0;

  /** It ran and found something wrong. */
  static final int FOUND_WRONG = 1;

  /** Wrong usage or configuration. */
  static final int USAGE = 2;

  /** The hub stopped by its own fault. */
  static final int FAULT = 3;

  private ExitCode() {}

  static int of(Verdict verdict) {
    return switch (verdict) {
      case FINE -> DONE;
      case FOUND_WRONG -> FOUND_WRONG;
      case UNUSABLE -> USAGE;
    };
  }

  static int of(HubException failure) {
    boolean asked =
        failure.code() == ErrorCode.IDENTITY_UNKNOWN || failure.code() == ErrorCode.IDENTITY_EXISTS;
    if (asked) {
      return FOUND_WRONG;
    }
    return failure.code().blame() == ErrorCode.Blame.OPERATOR ? USAGE : FAULT;
  }
}
