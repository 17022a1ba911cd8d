package dev.edgehub.routing.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of the format {@code routing-vectors/1}: cases, and messages that they share. */
public final class VectorFile {

  /** The largest file read, in bytes. */
  public static final int MAX_BYTES = 4 << 20;

  /** The most cases of one file. */
  public static final int MAX_CASES = 50_000;

  /** What the member {@code format} of a file says. */
  public static final String FORMAT = "routing-vectors/1";

  private static final Map<String, VectorKind> KINDS =
      Map.of(
          "condition", new ConditionCases(),
          "parse", new ParseCases(),
          "source", new SourceCases(),
          "dispatch", new DispatchCases(),
          "config", new ConfigCases());

  private final JsonNode root;

  private VectorFile(JsonNode root) {
    this.root = root;
  }

  /** Reads the bytes of a file (UTF-8 JSON); wrong ones never throw. */
  public static VectorFileResult read(byte[] json) {
    try {
      return new VectorFileResult.Usable(of(VectorJson.object(json)));
    } catch (UnusableInputException e) {
      return new VectorFileResult.Unusable(e.why());
    }
  }

  static VectorFile of(JsonNode root) throws UnusableInputException {
    if (!FORMAT.equals(root.path("format").textValue())) {
      throw new UnusableInputException(
          "expected \"format\": \"" + FORMAT + "\", found " + quoted(root.get("format")));
    }
    if (!root.path("cases").isArray()) {
      throw new UnusableInputException(
          "expected \"cases\" to be an array, found " + VectorJson.kind(root.get("cases")));
    }
    if (root.get("cases").size() > MAX_CASES) {
      throw new UnusableInputException(
          "expected at most " + MAX_CASES + " cases, found " + root.get("cases").size());
    }
    if (root.has("messages") && !root.get("messages").isObject()) {
      throw new UnusableInputException(
          "expected \"messages\" to be an object, found " + VectorJson.kind(root.get("messages")));
    }
    return new VectorFile(root);
  }

  private static String quoted(@Nullable JsonNode node) {
    return node != null && node.isTextual() ? node.toString() : VectorJson.kind(node);
  }

  /** Runs every case, in the order of the file. */
  public List<VectorOutcome> run() {
    List<VectorOutcome> outcomes = new ArrayList<>();
    for (JsonNode written : root.get("cases")) {
      outcomes.add(run(new VectorCase(written, outcomes.size() + 1, root.path("messages"))));
    }
    return outcomes;
  }

  private static VectorOutcome run(VectorCase vector) {
    try {
      vector.requireId();
      VectorKind kind = KINDS.get(vector.text("kind"));
      if (kind == null) {
        throw new UnusableInputException(
            "expected kind to be condition, parse, source, dispatch or config, found "
                + vector.required("kind"));
      }
      return new VectorOutcome(vector.id(), vector.kind(), kind.run(vector));
    } catch (UnusableInputException e) {
      VectorOutcome.Failure malformed =
          new VectorOutcome.Failure(
              new TextNode("a case of the format " + FORMAT),
              new TextNode("malformed: " + e.why()),
              List.of());
      return new VectorOutcome(vector.id(), vector.kind(), malformed);
    }
  }

  /** What is legal in the file but probably not meant: ids given twice. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    int number = 0;
    for (JsonNode written : root.get("cases")) {
      number++;
      String id = written.path("id").asText();
      Integer first = id.isEmpty() ? null : seen.putIfAbsent(id, number);
      if (first != null) {
        warnings.add("cases " + first + " and " + number + " have the same id, " + id);
      }
    }
    return warnings;
  }
}
