package dev.edgehub.launch.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.lang.ConditionPart;
import dev.edgehub.lang.eval.Value;
import dev.edgehub.message.SinkId;
import dev.edgehub.routing.RouteFinding;
import dev.edgehub.routing.vectors.RouteTrial;
import java.util.Locale;

/** What one route does with one message, for tools. The parts are a flat list with depths. */
final class TrialJson {

  private TrialJson() {}

  static ObjectNode of(String route, RouteTrial.Tried trial) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("route", route);
    object
        .putObject("source")
        .put("path", trial.path())
        .put("prefix", trial.source().prefix())
        .put("selected", trial.selected());
    object.put("condition", trial.condition().truth().name().toLowerCase(Locale.ROOT));
    ArrayNode parts = object.putArray("parts");
    trial.condition().parts().forEach(part -> write(part, parts.addObject()));
    write(trial.sink(), object.putObject("sink"));
    object.put("delivered", trial.delivered());
    object.put("decision", TrialText.decision(trial));
    ArrayNode warnings = object.putArray("warnings");
    for (RouteFinding warning : trial.warnings()) {
      Findings.write(warning, warnings.addObject());
    }
    return object;
  }

  private static void write(ConditionPart part, ObjectNode object) {
    object.put("depth", part.depth());
    object.put("text", part.text());
    object.put("line", part.span().line());
    object.put("column", part.span().column());
    write(part.value(), object);
    if (part.note() != null) {
      object.put("note", part.note());
    }
  }

  /** What is undefined has a kind and no value; JSON has no infinity. */
  private static void write(Value value, ObjectNode object) {
    object.put("kind", kind(value.kind()));
    switch (value.kind()) {
      case BOOL -> object.put("value", ((Value.Bool) value).bool());
      case NUMBER -> {
        double number = ((Value.Num) value).number();
        if (Double.isInfinite(number)) {
          object.put("value", Double.toString(number));
        } else {
          object.put("value", number);
        }
      }
      case TEXT -> object.put("value", ((Value.Text) value).text());
      case NULL -> object.putNull("value");
      case UNDEFINED -> {}
    }
  }

  private static String kind(Value.Kind kind) {
    return switch (kind) {
      case BOOL -> "bool";
      case NUMBER -> "number";
      case TEXT -> "string";
      case NULL -> "null";
      case UNDEFINED -> "undefined";
    };
  }

  private static void write(SinkId sink, ObjectNode object) {
    if (sink instanceof SinkId.ModuleInput input) {
      object.put("type", "module");
      object.put("moduleId", input.moduleId());
      object.put("input", input.input());
    } else {
      object.put("type", "upstream");
    }
  }
}
