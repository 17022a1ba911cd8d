package dev.edgehub.routing.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.lang.CompileLimits;
import dev.edgehub.lang.CompileResult;
import dev.edgehub.lang.RouteCompiler;
import dev.edgehub.manifest.Manifest;
import dev.edgehub.manifest.ManifestReader;
import dev.edgehub.manifest.ManifestResult;
import dev.edgehub.manifest.RouteSpec;
import dev.edgehub.routing.RouteTable;
import dev.edgehub.routing.RouteTableResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The ways in which the hub compiles routes. */
final class Compiling {

  /** The time to live of a manifest, where a case only asks whether a route inherits it. */
  static final long INHERITED_TTL = -1;

  private static final RouteCompiler COMPILER = new RouteCompiler(CompileLimits.DEFAULT);

  private Compiling() {}

  static CompileResult route(String name, String text) {
    return COMPILER.compile(name, text);
  }

  /** A table of one route. */
  static RouteTableResult table(String name, String text) {
    RouteSpec route = new RouteSpec(name, text, RouteSpec.DEFAULT_PRIORITY, 0);
    return RouteTable.compile(new Manifest(List.of(route), INHERITED_TTL));
  }

  /** The routes of a manifest, which inherit {@link #INHERITED_TTL}. */
  static RouteTableResult table(Manifest manifest) {
    return RouteTable.compile(new Manifest(manifest.routes(), INHERITED_TTL));
  }

  /** Reads routes as a manifest of that schema has them. */
  static ManifestResult manifest(JsonNode schemaVersion, JsonNode routes) {
    ObjectNode desired = JsonNodeFactory.instance.objectNode();
    desired.set("schemaVersion", schemaVersion);
    desired.set("routes", routes);
    desired.putObject("storeAndForwardConfiguration");
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putObject("modulesContent").putObject("$edgeHub").set("properties.desired", desired);
    return ManifestReader.read(root.toString().getBytes(StandardCharsets.UTF_8));
  }
}
