package dev.edgehub.routing.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.edgehub.manifest.ManifestResult;
import dev.edgehub.routing.RouteTable;
import dev.edgehub.routing.RouteTableResult;
import dev.edgehub.routing.RouteTarget;
import dev.edgehub.routing.vectors.VectorOutcome.Failure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where several routes together send a message. */
final class DispatchCases implements VectorKind {

  /** The least schema that knows priorities. */
  private static final JsonNode SCHEMA = new TextNode("1.1");

  private record Delivery(JsonNode sink, long priority, long timeToLiveSecs) {}

  @Override
  public @Nullable Failure run(VectorCase vector) throws UnusableInputException {
    JsonNode expected = vector.object("expect");
    Set<Delivery> deliveries = deliveries(expected.path("deliveries"));
    VectorMessage message = vector.message();
    ManifestResult read = Compiling.manifest(SCHEMA, vector.required("routes"));
    if (read instanceof ManifestResult.Rejected rejected) {
      return new Failure(expected, Answers.ERROR, rejected.issues());
    }
    RouteTableResult result = Compiling.table(((ManifestResult.Accepted) read).manifest());
    if (result instanceof RouteTableResult.Rejected rejected) {
      return new Failure(expected, Answers.ERROR, rejected.issues());
    }
    RouteTable table = ((RouteTableResult.Compiled) result).table();
    List<RouteTarget> targets = table.route(message.path(), message.view(table.bodyPaths()));
    Set<Delivery> actual = new HashSet<>();
    for (RouteTarget target : targets) {
      actual.add(new Delivery(Answers.of(target.sink()), target.priority(), timeToLive(target)));
    }
    // a sink that came twice would vanish in the set
    return actual.equals(deliveries) && actual.size() == targets.size()
        ? null
        : new Failure(
            expected, written(targets), List.of("the message's path is " + message.path()));
  }

  private static long timeToLive(RouteTarget target) {
    long seconds = target.timeToLiveSecs();
    return seconds == Compiling.INHERITED_TTL ? 0 : seconds;
  }

  private static Set<Delivery> deliveries(JsonNode expected) throws UnusableInputException {
    if (!expected.isArray()) {
      throw new UnusableInputException(
          "expected expect/deliveries to be an array, found " + VectorJson.kind(expected));
    }
    Set<Delivery> deliveries = new HashSet<>();
    for (JsonNode delivery : expected) {
      JsonNode priority = delivery.path("priority");
      JsonNode seconds = delivery.path("routeTtlSecs");
      if (!delivery.path("sink").isObject()
          || !priority.canConvertToLong()
          || !seconds.canConvertToLong()) {
        throw new UnusableInputException(
            "expected a delivery to have sink, priority and routeTtlSecs, found " + delivery);
      }
      deliveries.add(new Delivery(delivery.get("sink"), priority.asLong(), seconds.asLong()));
    }
    return deliveries;
  }

  private static ObjectNode written(List<RouteTarget> targets) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.putArray("deliveries");
    for (RouteTarget target : targets) {
      ObjectNode delivery = object.withArray("deliveries").addObject();
      delivery.set("sink", Answers.of(target.sink()));
      delivery.put("priority", target.priority());
      delivery.put("routeTtlSecs", timeToLive(target));
    }
    return object;
  }
}
