package dev.edgehub.launch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.RegistryEditor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edge-hub identity list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows who is registered, without any secret.")
final class IdentityListCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Registry registry = new RegistryEditor(options.read().identities()).read();
    if (json) {
      ObjectNode out = new JsonMapper().createObjectNode();
      ArrayNode identities = out.putArray("identities");
      for (RegisteredIdentity registered : registry.all()) {
        identities
            .addObject()
            .put("id", registered.identity().id())
            .put("status", status(registered))
            .put("authentication", registered.credential().type());
      }
      System.out.println(out);
    } else {
      System.out.print(registry.size() == 0 ? "nobody is registered\n" : table(registry));
    }
    return ExitCode.DONE;
  }

  private static String table(Registry registry) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "STATUS", "CREDENTIAL"));
    for (RegisteredIdentity registered : registry.all()) {
      rows.add(
          List.of(registered.identity().id(), status(registered), registered.credential().type()));
    }
    return Columns.lineUp(rows);
  }

  private static String status(RegisteredIdentity registered) {
    return registered.enabled() ? "enabled" : "disabled";
  }
}
