package dev.edgehub.mqtt.auth;

import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.wire.ConnectCode;
import java.util.Objects;

/** Whether a client may connect. */
public sealed interface AuthOutcome {

  /**
   * It may.
   *
   * @param clientType what the client says of its SDK; empty when it says nothing
   * @param grant by what; to be asked for as long as the connection lives
   */
  record Accepted(Identity identity, String clientType, Grant grant) implements AuthOutcome {
    public Accepted {
      Objects.requireNonNull(identity, "identity");
      Objects.requireNonNull(grant, "grant");
    }
  }

  /**
   * It may not.
   *
   * @param reason one or two words for the metric
   * @param sentence for the log: expected, found, what to do; no secrets
   */
  record Refused(ConnectCode code, String reason, String sentence) implements AuthOutcome {
    public Refused {
      Objects.requireNonNull(code, "code");
    }
  }
}
