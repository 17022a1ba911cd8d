package dev.edgehub.routing.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.edgehub.lang.eval.Truth;
import dev.edgehub.message.SinkId;
import dev.edgehub.routing.vectors.VectorOutcome.Failure;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results in the words of the format, and how they are compared with what a case expects. */
final class Answers {

  static final JsonNode OK = new TextNode("ok");
  static final JsonNode ERROR = new TextNode("error");

  /** A number is the same in whatever form it is written. */
  private static final Comparator<JsonNode> NUMBERS_BY_VALUE =
      (a, b) ->
          a.isNumber() && b.isNumber()
              ? a.decimalValue().compareTo(b.decimalValue())
              : a.equals(b) ? 0 : 1;

  private Answers() {}

  static JsonNode of(Truth truth) {
    return switch (truth) {
      case TRUE -> BooleanNode.TRUE;
      case FALSE -> BooleanNode.FALSE;
      case UNDEFINED -> new TextNode("undefined");
    };
  }

  static ObjectNode of(SinkId sink) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    return sink instanceof SinkId.ModuleInput input
        ? object.put("type", "module").put("moduleId", input.moduleId()).put("input", input.input())
        : object.put("type", "upstream");
  }

  static boolean same(JsonNode expected, JsonNode actual) {
    return expected.equals(NUMBERS_BY_VALUE, actual);
  }

  /** Null if the two are the same. */
  static @Nullable Failure compare(JsonNode expected, JsonNode actual, List<String> details) {
    return same(expected, actual) ? null : new Failure(expected, actual, details);
  }

  /** Null if the actual object has every member of the expected one. */
  static @Nullable Failure compareMembers(JsonNode expected, JsonNode actual) {
    boolean same =
        expected.isObject()
            && expected.properties().stream()
                .allMatch(
                    member ->
                        actual.has(member.getKey())
                            && same(member.getValue(), actual.get(member.getKey())));
    return same ? null : new Failure(expected, actual, List.of());
  }
}
