package dev.edgehub.identity;

import dev.edgehub.message.Identity;
import java.util.Objects;

/** An entry of the registry. A disabled one is refused whatever it shows. */
public record RegisteredIdentity(Identity identity, boolean enabled, Credential credential) {
  public RegisteredIdentity {
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(credential, "credential");
  }

  /** The same, enabled or disabled. */
  public RegisteredIdentity enabled(boolean now) {
    return new RegisteredIdentity(identity, now, credential);
  }

  /** The same with another credential. */
  public RegisteredIdentity credential(Credential now) {
    return new RegisteredIdentity(identity, enabled, now);
  }
}
