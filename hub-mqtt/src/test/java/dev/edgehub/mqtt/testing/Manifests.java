package dev.edgehub.mqtt.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Deployment manifests. */
public final class Manifests {

  private static final JsonMapper JSON = new JsonMapper();

  private Manifests() {}

  /** A manifest with these routes, named r0, r1 and so on. */
  public static String of(String... routes) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode desired =
        root.putObject("modulesContent").putObject("$edgeHub").putObject("properties.desired");
    desired.put("schemaVersion", "1.1");
    ObjectNode all = desired.putObject("routes");
    for (int i = 0; i < routes.length; i++) {
      all.put("r" + i, routes[i]);
    }
    desired.putObject("storeAndForwardConfiguration").put("timeToLiveSecs", 7_200);
    return root.toString();
  }

  /** The route from everything a module sends to an input of another. */
  public static String route(String fromModule, String toModule, String input) {
    return "FROM /messages/modules/"
        + fromModule
        + "/* INTO BrokeredEndpoint(\"/modules/"
        + toModule
        + "/inputs/"
        + input
        + "\")";
  }
}
