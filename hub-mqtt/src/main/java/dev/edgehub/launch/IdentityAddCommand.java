package dev.edgehub.launch;

import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.SasKey;
import dev.edgehub.identity.Thumbprint;
import dev.edgehub.message.Identity;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edge-hub identity add}. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = "Registers a device or a module; without an option with new keys.")
final class IdentityAddCommand implements Callable<Integer> {

  @Mixin private IdentityOptions options = new IdentityOptions();

  @Option(
      names = "--sas-key",
      paramLabel = "KEY",
      description = "Its primary key, Base64 of 16 to 64 bytes; a second one is its secondary.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--x509-thumbprint",
      paramLabel = "HEX",
      description = "SHA-1 or SHA-256 of its certificate; a second one is its secondary.")
  private List<String> thumbprints = new ArrayList<>();

  @Option(names = "--x509-ca", description = "A certificate signed by tls.clientCa.")
  private boolean authority;

  @Option(names = "--none", description = "No credential: for listeners.mqtt.trustLocal only.")
  private boolean none;

  @Override
  public Integer call() {
    Identity identity = options.identity();
    Credential credential = credential(identity);
    Registry registry =
        options
            .editor()
            .change(
                before -> {
                  if (before.find(identity) != null) {
                    throw new HubException(
                        ErrorCode.IDENTITY_EXISTS,
                        identity + " is registered already; remove it first, or rotate its keys");
                  }
                  return before.with(new RegisteredIdentity(identity, true, credential));
                });
    System.out.println(identity + " added with credential " + credential.type());
    if (identity instanceof Identity.Module && registry.parentOf(identity) == null) {
      System.err.println(
          "edge-hub: note: the device "
              + identity.deviceId()
              + " itself is not registered; the module does not need it");
    }
    return ExitCode.DONE;
  }

  private Credential credential(Identity identity) {
    long kinds =
        Stream.of(!keys.isEmpty(), !thumbprints.isEmpty(), authority, none)
            .filter(given -> given)
            .count();
    if (kinds > 1) {
      throw new HubException(
          ErrorCode.CONFIG_INVALID,
          "expected one of --sas-key, --x509-thumbprint, --x509-ca and --none, found " + kinds);
    }
    if (none) {
      return new Credential.None();
    }
    if (identity instanceof Identity.Module && (authority || !thumbprints.isEmpty())) {
      throw new HubException(
          ErrorCode.CONFIG_INVALID,
          "modules connect with keys, only devices with a certificate; leave the option out");
    }
    if (authority) {
      return new Credential.Authority();
    }
    if (!thumbprints.isEmpty()) {
      List<Thumbprint> read = thumbprints.stream().map(IdentityAddCommand::thumbprint).toList();
      return new Credential.SelfSigned(read.get(0), second(read, "--x509-thumbprint"));
    }
    if (!keys.isEmpty()) {
      List<SasKey> read = keys.stream().map(IdentityAddCommand::key).toList();
      return new Credential.Sas(read.get(0), second(read, "--sas-key"));
    }
    SecureRandom random = new SecureRandom();
    return new Credential.Sas(SasKey.generate(random), SasKey.generate(random));
  }

  private static <T> @Nullable T second(List<T> read, String option) {
    if (read.size() > 2) {
      throw new HubException(
          ErrorCode.CONFIG_INVALID, option + ": expected one or two, found " + read.size());
    }
    return read.size() == 2 ? read.get(1) : null;
  }

  private static SasKey key(String text) {
    return SasKey.parse(text)
        .orElseThrow(
            () ->
                new HubException(
                    ErrorCode.CONFIG_INVALID,
                    "--sas-key: expected Base64 of 16 to 64 bytes with padding, found another"
                        + " text"));
  }

  private static Thumbprint thumbprint(String text) {
    return Thumbprint.parse(text)
        .orElseThrow(
            () ->
                new HubException(
                    ErrorCode.CONFIG_INVALID,
                    "--x509-thumbprint: expected 40 (SHA-1) or 64 (SHA-256) hexadecimal digits,"
                        + " found another text"));
  }
}
