package dev.edgehub.routing.vectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of vector and message files. */
final class VectorJson {

  /** A tree of more JSON tokens could fill the memory from a few bytes each. */
  private static final long MAX_TOKENS = 1_000_000;

  /** Numbers keep their digits, so that a body is written as it was read. */
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private VectorJson() {}

  /** One JSON object, with nothing behind it. */
  static JsonNode object(byte[] json) throws UnusableInputException {
    if (json.length > VectorFile.MAX_BYTES) {
      throw new UnusableInputException(
          "expected at most " + VectorFile.MAX_BYTES + " bytes, found more");
    }
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UnusableInputException(place(e) + "not JSON: " + said(e));
    } catch (IOException e) {
      throw new UnusableInputException("not JSON: " + e.getMessage());
    }
    if (!root.isObject()) {
      throw new UnusableInputException("expected a JSON object, found " + kind(root));
    }
    return root;
  }

  /** Broken limits of the parser have no place. */
  private static String place(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
  }

  /** What the parser says, without its own names for limits and sources. */
  static String said(JsonProcessingException e) {
    return e.getOriginalMessage()
        .replaceFirst(", from `[^`]*`", "")
        .replaceFirst("\\[Source: .*; (line: \\d+, column: \\d+)]", "$1");
  }

  static String kind(@Nullable JsonNode node) {
    return node == null || node.isMissingNode()
        ? "nothing"
        : node.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
