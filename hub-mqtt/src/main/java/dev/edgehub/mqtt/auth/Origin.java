package dev.edgehub.mqtt.auth;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * How a connection came in.
 *
 * @param local through the plain listener on loopback, where {@code trustLocal} may hold
 * @param certificates the chain that the client showed in the TLS handshake, its own first; not
 *     judged yet, and empty when it showed none
 */
public record Origin(boolean local, List<X509Certificate> certificates) {

  /** The plain listener on loopback. */
  public static final Origin LOCAL = new Origin(true, List.of());

  public Origin {
    certificates = List.copyOf(certificates);
  }
}
