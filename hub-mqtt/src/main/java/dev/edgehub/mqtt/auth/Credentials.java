package dev.edgehub.mqtt.auth;

import dev.edgehub.config.HubConfig;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.RegistrySource;
import dev.edgehub.mqtt.wire.Packet;
import java.time.InstantSource;
import java.util.List;

/** Judges what clients show against the registry. Any thread may use it. */
public final class Credentials {

  private final RegistrySource registry;
  private final SasCheck tokens;
  private final CertificateCheck certificates;

  /** Credentials for the names and with the authorities of a configuration. */
  public Credentials(
      HubConfig config,
      RegistrySource registry,
      ClientAuthorities authorities,
      InstantSource clock) {
    this.registry = registry;
    this.tokens = new SasCheck(List.of(config.iotHub(), config.hostname()), clock);
    this.certificates = new CertificateCheck(authorities, clock);
  }

  RegistrySource registry() {
    return registry;
  }

  /** Judges a registered, enabled identity; a password counts before a certificate. */
  Judgement judge(RegisteredIdentity own, Registry now, Packet.Connect connect, Origin origin) {
    byte[] password = connect.password();
    if (password != null && password.length > 0) {
      return tokens.judge(own, now, password);
    }
    if (!origin.certificates().isEmpty()) {
      return certificates.judge(own, origin.certificates());
    }
    return Judgement.bad(
        "no_credential",
        "expected a token or a certificate of "
            + own.identity()
            + ", found none; edge-hub identity connection-string "
            + own.identity()
            + " prints what an SDK needs");
  }
}
