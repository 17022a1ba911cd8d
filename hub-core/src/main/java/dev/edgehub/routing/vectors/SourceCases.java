package dev.edgehub.routing.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.edgehub.routing.RouteTable;
import dev.edgehub.routing.RouteTableResult;
import dev.edgehub.routing.vectors.VectorOutcome.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a pattern selects a message. */
final class SourceCases implements VectorKind {

  @Override
  public @Nullable Failure run(VectorCase vector) throws UnusableInputException {
    String text = "FROM " + vector.text("source") + " INTO $upstream";
    JsonNode expected = vector.required("expect");
    VectorMessage message = vector.message();
    RouteTableResult result = Compiling.table(vector.id(), text);
    if (result instanceof RouteTableResult.Rejected rejected) {
      return Answers.compare(expected, Answers.ERROR, rejected.issues());
    }
    RouteTable table = ((RouteTableResult.Compiled) result).table();
    boolean selected = !table.route(message.path(), message.view(table.bodyPaths())).isEmpty();
    return Answers.compare(
        expected,
        BooleanNode.valueOf(selected),
        List.of("the message's path is " + message.path()));
  }
}
