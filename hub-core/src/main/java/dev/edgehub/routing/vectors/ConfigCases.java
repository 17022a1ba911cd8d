package dev.edgehub.routing.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.manifest.Manifest;
import dev.edgehub.manifest.ManifestResult;
import dev.edgehub.manifest.RouteSpec;
import dev.edgehub.routing.RouteTableResult;
import dev.edgehub.routing.vectors.VectorOutcome.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a manifest's routes are accepted, with which priorities and times to live. */
final class ConfigCases implements VectorKind {

  @Override
  public @Nullable Failure run(VectorCase vector) throws UnusableInputException {
    JsonNode expected = vector.required("expect");
    ManifestResult read =
        Compiling.manifest(vector.required("schemaVersion"), vector.required("routes"));
    if (read instanceof ManifestResult.Rejected rejected) {
      return Answers.compare(expected, Answers.ERROR, rejected.issues());
    }
    Manifest manifest = ((ManifestResult.Accepted) read).manifest();
    if (Compiling.table(manifest) instanceof RouteTableResult.Rejected rejected) {
      return Answers.compare(expected, Answers.ERROR, rejected.issues());
    }
    Failure failure = Answers.compare(expected, Answers.OK, List.of());
    return failure == null
        ? Answers.compare(vector.object("parsed"), parsed(manifest), List.of())
        : failure;
  }

  private static ObjectNode parsed(Manifest manifest) {
    ObjectNode parsed = JsonNodeFactory.instance.objectNode();
    for (RouteSpec route : manifest.routes()) {
      parsed
          .putObject(route.name())
          .put("priority", route.priority())
          .put("routeTtlSecs", route.timeToLiveSecs());
    }
    return parsed;
  }
}
