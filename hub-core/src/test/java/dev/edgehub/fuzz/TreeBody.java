package dev.edgehub.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A body read the slow and plain way: decoded whole, made a tree, walked. */
final class TreeBody {

  /** The same limits as in service, since a body beyond them is undefined by decree. */
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxNumberLength(64)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Map<String, Charset> ENCODINGS =
      Map.of(
          "utf-8", Charset.forName("UTF-8"),
          "UTF-8", Charset.forName("UTF-8"),
          "utf-16", Charset.forName("UTF-16LE"),
          "utf-32", Charset.forName("UTF-32LE"));

  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.{0,21}"
              + "|/Date\\(-?\\d{1,20}([+-]\\d{4})?\\)/");

  private static final Pattern SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F]");

  private final Optional<JsonNode> root;
  private boolean doubtful;

  TreeBody(String contentType, String encoding, byte[] bytes) {
    boolean json = contentType != null && contentType.equalsIgnoreCase("application/json");
    Charset charset = encoding == null ? null : ENCODINGS.get(encoding);
    root = json && charset != null ? parse(charset, bytes) : Optional.empty();
  }

  private Optional<JsonNode> parse(Charset charset, byte[] bytes) {
    String text;
    try {
      text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      doubtful = SURROGATE.matcher(text).find();
      return Optional.empty();
    }
  }

  /**
   * Whether this is no authority for the body: Jackson refuses an escaped surrogate without its
   * other half in names but not in texts; the grammar of JSON has no such rule.
   */
  boolean isDoubtful() {
    return doubtful;
  }

  Value value(BodyPath path) {
    return root.map(node -> valueOf(at(node, path))).orElse(Value.UNDEFINED);
  }

  private static JsonNode at(JsonNode root, BodyPath path) {
    JsonNode node = root;
    for (BodyPath.Step step : path.steps()) {
      node =
          step instanceof BodyPath.Member member
              ? node.path(member.name())
              : node.path(((BodyPath.Element) step).index());
    }
    return node;
  }

  private static Value valueOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case MISSING -> Value.MISSING;
      case NULL -> Value.NULL;
      case BOOLEAN -> node.booleanValue() ? Value.TRUE : Value.FALSE;
      case NUMBER -> new Value.Num(node.doubleValue());
      case STRING ->
          DATE.matcher(node.textValue()).matches()
              ? Value.UNDEFINED
              : new Value.Text(node.textValue());
      case ARRAY, OBJECT, BINARY, POJO -> Value.UNDEFINED;
    };
  }
}
