package dev.edgehub.mqtt.tls;

import java.io.IOException;
import java.util.Optional;

/** Where the certificate in force comes from. One caller at a time, on a thread that may block. */
interface CertificateSource {

  /**
   * What is to be put in force now; empty when nothing has changed since the last look.
   *
   * @throws PemException when what is new cannot be used; thrown again only after another change
   * @throws IOException when a file cannot be written
   */
  Optional<TlsMaterial> look() throws PemException, IOException;

  /** How long to wait before looking again. */
  long pauseMillis();
}
