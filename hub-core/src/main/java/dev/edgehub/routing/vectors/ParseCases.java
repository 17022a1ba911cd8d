package dev.edgehub.routing.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.lang.CompileResult;
import dev.edgehub.lang.CompiledRoute;
import dev.edgehub.routing.RouteTable;
import dev.edgehub.routing.RouteTableResult;
import dev.edgehub.routing.vectors.VectorOutcome.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a text is a route, and what its clauses are. */
final class ParseCases implements VectorKind {

  @Override
  public @Nullable Failure run(VectorCase vector) throws UnusableInputException {
    String text = vector.text("route");
    JsonNode expected = vector.required("expect");
    RouteTableResult result = Compiling.table(vector.id(), text);
    if (result instanceof RouteTableResult.Rejected rejected) {
      return Answers.compare(expected, Answers.ERROR, rejected.issues());
    }
    Failure failure = Answers.compare(expected, Answers.OK, List.of());
    return failure == null
        ? Answers.compareMembers(
            vector.object("parsed"),
            parsed(
                ((CompileResult.Compiled) Compiling.route(vector.id(), text)).route(),
                ((RouteTableResult.Compiled) result).table()))
        : failure;
  }

  private static ObjectNode parsed(CompiledRoute route, RouteTable table) {
    ObjectNode parsed = JsonNodeFactory.instance.objectNode();
    parsed.put("sourcePrefix", route.source().prefix());
    parsed.set("sink", Answers.of(table.sinks().iterator().next()));
    parsed.put("condition", route.conditionText());
    return parsed;
  }
}
