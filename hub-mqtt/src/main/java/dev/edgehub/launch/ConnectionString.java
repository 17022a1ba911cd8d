package dev.edgehub.launch;

import dev.edgehub.config.HubConfig;
import dev.edgehub.identity.Credential;
import dev.edgehub.message.Identity;

/** What Azure's SDKs are given to find the hub and to prove who they are. */
final class ConnectionString {

  private ConnectionString() {}

  /** The connection string of an identity with keys or a certificate; empty for no credential. */
  static String of(HubConfig config, Identity identity, Credential credential) {
    StringBuilder out = new StringBuilder();
    out.append("HostName=").append(config.iotHub());
    out.append(";DeviceId=").append(identity.deviceId());
    if (identity instanceof Identity.Module module) {
      out.append(";ModuleId=").append(module.moduleId());
    }
    if (credential instanceof Credential.Sas sas) {
      out.append(";SharedAccessKey=").append(sas.primary().reveal());
    } else if (!(credential instanceof Credential.None)) {
      out.append(";x509=true");
    }
    return out.append(";GatewayHostName=").append(config.hostname()).toString();
  }
}
