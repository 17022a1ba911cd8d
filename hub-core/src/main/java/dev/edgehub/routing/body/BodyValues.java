package dev.edgehub.routing.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The values of all body paths of a route table in one message, read in one pass without building a
 * tree. A body that is not one JSON object to its end makes every path undefined; of members with
 * the same name the last counts.
 */
public final class BodyValues {

  /** Deeper bodies are unreadable. */
  public static final int MAX_DEPTH = 64;

  /** Longer number literals make the body unreadable: their cost grows faster than their length. */
  public static final int MAX_NUMBER_LENGTH = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .build())
          // names of untrusted bodies would fill the table that all parsers share
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final BodyPaths paths;
  private final @Nullable Value[] values;

  private BodyValues(BodyPaths paths) {
    this.paths = paths;
    this.values = new Value[paths.size()];
  }

  /**
   * Reads a body once, to its end. Never throws because of its content.
   *
   * @param contentType as the message names it; anything but {@code application/json} makes every
   *     path undefined
   * @param contentEncoding as the message names it: {@code utf-8}, {@code utf-16} or {@code utf-32}
   */
  public static BodyValues read(
      @Nullable String contentType,
      @Nullable String contentEncoding,
      byte[] bytes,
      BodyPaths paths) {
    BodyValues body = new BodyValues(paths);
    try (JsonParser parser = open(contentType, contentEncoding, bytes)) {
      if (parser == null || !body.readWhole(parser)) {
        Arrays.fill(body.values, Value.UNDEFINED);
      }
    } catch (IOException e) {
      Arrays.fill(body.values, Value.UNDEFINED);
    }
    return body;
  }

  /**
   * The value at a path.
   *
   * @throws IllegalArgumentException for a path that is not one of those the body was read for
   */
  public Value value(BodyPath path) {
    Integer slot = paths.slot(path);
    if (slot == null) {
      throw new IllegalArgumentException("not a path of this table: " + path.text());
    }
    Value value = values[slot];
    return value == null ? Value.MISSING : value;
  }

  private static @Nullable JsonParser open(
      @Nullable String contentType, @Nullable String encoding, byte[] bytes) throws IOException {
    if (!"application/json".equalsIgnoreCase(contentType)) {
      return null;
    }
    return switch (encoding == null ? "" : encoding.toLowerCase(Locale.ROOT)) {
      case "utf-8" -> decoded(bytes, StandardCharsets.UTF_8);
      case "utf-16" -> decoded(bytes, StandardCharsets.UTF_16LE);
      case "utf-32" -> decoded(bytes, Charset.forName("UTF-32LE"));
      default -> null;
    };
  }

  /** The encoding is what the message says; the parser would guess it from the bytes. */
  private static JsonParser decoded(byte[] body, Charset charset) throws IOException {
    try {
      CharBuffer text = charset.newDecoder().decode(ByteBuffer.wrap(body));
      return FACTORY.createParser(text.array(), text.arrayOffset(), text.remaining());
    } catch (CharacterCodingException e) {
      throw new IOException(e);
    }
  }

  private boolean readWhole(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    readObject(parser, paths.root());
    return parser.nextToken() == null;
  }

  /** Recursion is as deep as the body, which the parser limits to {@value #MAX_DEPTH}. */
  private void readObject(JsonParser parser, BodyPaths.Node node) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      BodyPaths.Node child = node.member(name);
      readValue(parser, parser.nextToken(), child);
    }
  }

  private void readArray(JsonParser parser, BodyPaths.Node node) throws IOException {
    int index = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      readValue(parser, token, node.element(index++));
    }
  }

  private void readValue(JsonParser parser, JsonToken token, BodyPaths.@Nullable Node node)
      throws IOException {
    if (node == null) {
      skip(parser, token);
      return;
    }
    forget(node);
    set(node, scalar(parser, token));
    if (token == JsonToken.START_OBJECT) {
      readObject(parser, node);
    } else if (token == JsonToken.START_ARRAY) {
      readArray(parser, node);
    }
  }

  /** Strings are checked lazily by the parser, so a skipped one is read to its end too. */
  private static void skip(JsonParser parser, JsonToken token) throws IOException {
    if (token.isStructStart()) {
      parser.skipChildren();
    } else if (token == JsonToken.VALUE_STRING) {
      parser.finishToken();
    }
  }

  private static Value scalar(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Num(parser.getDoubleValue());
      case VALUE_TRUE -> Value.TRUE;
      case VALUE_FALSE -> Value.FALSE;
      case VALUE_NULL -> Value.NULL;
      default -> Value.UNDEFINED;
    };
  }

  /** A text that looks like a date is undefined to conditions, as upstream has it. */
  private static Value text(String text) {
    return looksLikeDate(text) ? Value.UNDEFINED : new Value.Text(text);
  }

  private static boolean looksLikeDate(String text) {
    if (text.startsWith("/Date(")) {
      return text.matches("/Date\\(-?\\d{1,20}([+-]\\d{4})?\\)/");
    }
    return text.length() >= 19
        && text.length() <= 40
        && text.charAt(10) == 'T'
        && text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*");
  }

  private void set(BodyPaths.Node node, Value value) {
    for (int slot : node.slots()) {
      values[slot] = value;
    }
  }

  /** A member given again replaces the earlier one with all that was below it. */
  private void forget(BodyPaths.Node node) {
    for (int slot : node.slots()) {
      values[slot] = null;
    }
    for (BodyPaths.Node child : node.children()) {
      forget(child);
    }
  }
}
