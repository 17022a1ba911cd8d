package dev.edgehub.mqtt.auth;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * How a connection came in.
 *
 * @param transport what carries its MQTT
 * @param local through the plain listener on loopback, where {@code trustLocal} may hold
 * @param certificates the chain that the client showed in the TLS handshake, its own first; not
 *     judged yet, and empty when it showed none
 */
public record Origin(Transport transport, boolean local, List<X509Certificate> certificates) {

  /** The plain listener on loopback. */
  public static final Origin LOCAL = new Origin(Transport.PLAIN, true, List.of());

  public Origin {
    certificates = List.copyOf(certificates);
  }

  /** The same over another transport. */
  public Origin over(Transport other) {
    return new Origin(other, local, certificates);
  }
}
