package dev.edgehub.launch;

import dev.edgehub.config.HubConfig;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.message.Identity;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edge-hub identity environment}. */
@Command(
    name = "environment",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the environment from which Azure's SDKs make a module client (createFromEnvironment):",
      "the workload API where workload.listen is set, else a connection string, which holds a key."
    })
final class IdentityEnvironmentCommand implements Callable<Integer> {

  @Mixin private IdentityOptions options = new IdentityOptions();

  @Override
  public Integer call() {
    HubConfig config = options.config();
    RegisteredIdentity found = options.find(options.editor().read());
    if (!(found.identity() instanceof Identity.Module module)) {
      System.err.println("edge-hub: expected a module, DEVICE/MODULE, found " + found.identity());
      return ExitCode.USAGE;
    }
    Map<String, String> variables = new LinkedHashMap<>();
    String workload = config.workload();
    if (workload == null) {
      Path ca = config.tls().certificate() == null ? config.dataDir().resolve("tls/ca.pem") : null;
      variables.put(
          "EdgeHubConnectionString", ConnectionString.of(config, module, found.credential()));
      if (ca != null) {
        variables.put("EdgeModuleCACertificateFile", "" + ca.toAbsolutePath());
      }
    } else {
      boolean unix = workload.startsWith("unix:");
      variables.put(
          "IOTEDGE_WORKLOADURI",
          unix
              ? "unix://" + Path.of(workload.substring("unix:".length())).toAbsolutePath()
              // Azure's Java SDK asks no host but this one over plain HTTP
              : "http://" + workload.replaceFirst("^127\\.0\\.0\\.1:", "localhost:"));
      variables.put("IOTEDGE_DEVICEID", module.deviceId());
      variables.put("IOTEDGE_MODULEID", module.moduleId());
      variables.put("IOTEDGE_MODULEGENERATIONID", "1");
      variables.put("IOTEDGE_IOTHUBHOSTNAME", config.iotHub());
      variables.put("IOTEDGE_AUTHSCHEME", "sasToken");
      variables.put("IOTEDGE_GATEWAYHOSTNAME", config.hostname());
      variables.put("IOTEDGE_APIVERSION", "2018-06-28");
    }
    variables.forEach((name, value) -> System.out.println(name + "='" + quoted(value) + "'"));
    return ExitCode.DONE;
  }

  /** As a shell wants it between single quotes. */
  private static String quoted(String value) {
    return value.replace("'", "'\\''");
  }
}
