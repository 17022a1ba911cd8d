package dev.edgehub.mqtt.auth;

import dev.edgehub.mqtt.wire.ConnectCode;

/** What a check of a credential found. */
sealed interface Judgement {

  /**
   * It proves the identity.
   *
   * @param expiresAtMillis Unix time
   * @param expired what to say when that time has come
   */
  record Proven(Grant.Proof proof, long expiresAtMillis, String expired) implements Judgement {}

  /** It does not. */
  record Failed(ConnectCode code, String reason, String sentence) implements Judgement {}

  /** A credential that is bad beyond doubt: clients that are told so never come back. */
  static Failed bad(String reason, String sentence) {
    return new Failed(ConnectCode.NOT_AUTHORIZED, reason, sentence);
  }

  /** The hub cannot tell now: the client may come back. */
  static Failed undecided(String reason, String sentence) {
    return new Failed(ConnectCode.UNAVAILABLE, reason, sentence);
  }
}
