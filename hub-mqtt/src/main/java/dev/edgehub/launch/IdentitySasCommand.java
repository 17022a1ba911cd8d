package dev.edgehub.launch;

import dev.edgehub.config.HubConfig;
import dev.edgehub.identity.SasKey;
import dev.edgehub.mqtt.auth.SasTokenWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edge-hub identity sas}. */
@Command(
    name = "sas",
    mixinStandardHelpOptions = true,
    description = "Prints a token, the password of an MQTT client.")
final class IdentitySasCommand implements Callable<Integer> {

  private static final long MAX_TTL = 100L * 366 * 86_400;

  @Mixin private IdentityOptions options = new IdentityOptions();

  @Option(
      names = "--ttl",
      paramLabel = "SECS",
      description = "How long it holds, in seconds; 3600 without it.")
  private long ttl = 3_600;

  @Override
  public Integer call() {
    if (ttl < 1 || ttl > MAX_TTL) {
      System.err.println("edge-hub: --ttl: expected 1 to " + MAX_TTL + " seconds, found " + ttl);
      return ExitCode.USAGE;
    }
    HubConfig config = options.config();
    SasKey key = options.keys().primary();
    long expiry = Instant.now().getEpochSecond() + ttl;
    System.out.println(SasTokenWriter.write(config.iotHub(), options.identity(), key, expiry));
    return ExitCode.DONE;
  }
}
