package dev.edgehub.launch;

import dev.edgehub.config.HubConfig;
import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.RegistryEditor;
import dev.edgehub.message.Identity;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the commands about one identity have in common. */
final class IdentityOptions {

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Parameters(index = "0", paramLabel = "ID", description = "DEVICE or DEVICE/MODULE.")
  private String id = "";

  /** The configuration; as {@link ConfigOptions#read}. */
  HubConfig config() {
    return options.read();
  }

  RegistryEditor editor() {
    return new RegistryEditor(config().identities());
  }

  /**
   * The identity named.
   *
   * @throws HubException {@code CONFIG_INVALID} when the text cannot be one
   */
  Identity identity() {
    return Identity.parse(id)
        .orElseThrow(
            () ->
                new HubException(
                    ErrorCode.CONFIG_INVALID,
                    "expected an id DEVICE or DEVICE/MODULE of letters, digits and - : . _ and the"
                        + " like (# and + cannot be used in MQTT topics), found "
                        + printable(id)));
  }

  /**
   * The identity's entry.
   *
   * @throws HubException {@code IDENTITY_UNKNOWN} when it has none
   */
  RegisteredIdentity find(Registry registry) {
    Identity identity = identity();
    RegisteredIdentity found = registry.find(identity);
    if (found == null) {
      throw new HubException(
          ErrorCode.IDENTITY_UNKNOWN,
          identity + " is not in the registry " + config().identities() + "; see identity list");
    }
    return found;
  }

  /**
   * The identity's keys.
   *
   * @throws HubException {@code IDENTITY_UNKNOWN} when it has none
   */
  Credential.Sas keys() {
    RegisteredIdentity found = find(editor().read());
    if (found.credential() instanceof Credential.Sas sas) {
      return sas;
    }
    throw new HubException(
        ErrorCode.IDENTITY_UNKNOWN,
        found.identity()
            + " has no keys: it is registered with credential "
            + found.credential().type());
  }

  private static String printable(String text) {
    String shown = text.replaceAll("[^ -~]", "?");
    return shown.length() > 100 ? shown.substring(0, 100) + "…" : shown;
  }
}
