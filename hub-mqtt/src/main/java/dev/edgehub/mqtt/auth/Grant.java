package dev.edgehub.mqtt.auth;

import dev.edgehub.identity.Registry;
import dev.edgehub.identity.RegistrySource;
import org.jspecify.annotations.Nullable;

/**
 * What a client was let in by, and whether that still holds: a token ends, keys are changed,
 * identities are removed while their connections live. Any thread may ask.
 */
public final class Grant {

  /** For a grant that time does not end. */
  static final long NEVER = Long.MAX_VALUE;

  /** Holds a grant against a registry. */
  interface Proof {
    /** Why it proves nothing any more, as a part of a sentence; null when it still does. */
    @Nullable String whyVoid(Registry registry);
  }

  private final RegistrySource source;
  private final Proof proof;
  private final long expiresAtMillis;
  private final String expired;
  private volatile Registry held;

  /**
   * A grant.
   *
   * @param held the registry by which it was given
   * @param expired what to say when its time is over
   */
  Grant(RegistrySource source, Registry held, Proof proof, long expiresAtMillis, String expired) {
    this.source = source;
    this.held = held;
    this.proof = proof;
    this.expiresAtMillis = expiresAtMillis;
    this.expired = expired;
  }

  /**
   * Why the connection must end, for people; null while it may go on. Cheap enough to ask once a
   * second.
   *
   * @param nowMillis Unix time
   */
  public @Nullable String whyEnded(long nowMillis) {
    if (nowMillis >= expiresAtMillis) {
      return expired;
    }
    Registry now = source.current();
    if (now == held) {
      return null;
    }
    String why = proof.whyVoid(now);
    if (why == null) {
      held = now;
    }
    return why;
  }

  /** When it ends by itself, Unix time in milliseconds; {@code Long.MAX_VALUE} for never. */
  public long expiresAtMillis() {
    return expiresAtMillis;
  }
}
