package dev.edgehub.routing.vectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.lang.BodyReasons;
import dev.edgehub.lang.Quoted;
import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.routing.body.BodyValues;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why body values of one message are undefined. Looks a second time, at leisure, at what was found
 * unreadable; never decides a value.
 */
final class BodyTrouble implements BodyReasons {

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(BodyValues.MAX_DEPTH)
                          .maxNumberLength(BodyValues.MAX_DIGITS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final @Nullable String contentType;
  private final @Nullable String encoding;
  private final byte[] bytes;

  BodyTrouble(@Nullable String contentType, @Nullable String encoding, byte[] bytes) {
    this.contentType = contentType;
    this.encoding = encoding;
    this.bytes = bytes;
  }

  @Override
  public String whyUndefined(BodyPath path) {
    if (contentType == null) {
      return "the body is not read: the message has no contentType, expected application/json";
    }
    if (!contentType.equalsIgnoreCase("application/json")) {
      return "the body is not read: contentType is "
          + Quoted.brief(contentType)
          + ", expected application/json and no more";
    }
    Charset charset =
        switch (encoding == null ? "" : encoding.toLowerCase(Locale.ROOT)) {
          case "utf-8" -> StandardCharsets.UTF_8;
          case "utf-16" -> StandardCharsets.UTF_16LE;
          case "utf-32" -> Charset.forName("UTF-32LE");
          default -> null;
        };
    if (charset == null) {
      return "the body is not read: "
          + (encoding == null
              ? "the message has no contentEncoding"
              : "contentEncoding is " + Quoted.brief(encoding))
          + ", expected utf-8, utf-16 or utf-32";
    }
    return bytes.length == 0 ? "the body is empty" : look(charset, path);
  }

  private String look(Charset charset, BodyPath path) {
    CharsetDecoder decoder = charset.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    String text;
    try {
      text = decoder.decode(in).toString();
    } catch (CharacterCodingException e) {
      return "the body is not " + charset.name() + ": wrong at byte " + in.position();
    }
    try {
      JsonNode root = JSON.readTree(text);
      if (!root.isObject()) {
        return "the body is not a JSON object but " + named(root);
      }
      return "it is " + named(at(root, path)) + ", which conditions do not see";
    } catch (StreamConstraintsException e) {
      return "the body is nested deeper than "
          + BodyValues.MAX_DEPTH
          + " or holds a number of more than "
          + BodyValues.MAX_DIGITS
          + " digits";
    } catch (JsonProcessingException e) {
      return "the body is not one JSON object: " + Quoted.escape(VectorJson.said(e));
    }
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

  private static String named(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "a date-time text";
      case NUMBER -> "a number";
      case BOOLEAN -> "a bool";
      case NULL -> "null";
      case MISSING -> "nothing";
      case BINARY, POJO -> "something else";
    };
  }
}
