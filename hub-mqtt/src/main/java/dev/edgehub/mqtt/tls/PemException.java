package dev.edgehub.mqtt.tls;

import org.jspecify.annotations.Nullable;

/** A PEM file does not hold what it should; the message says what was found and what to do. */
public final class PemException extends Exception {

  PemException(String message) {
    this(message, null);
  }

  PemException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
