package dev.edgehub.routing.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.Value;
import dev.edgehub.testing.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Our reader of bodies beside Jackson's tree: the same bodies are readable, with the same values.
 */
class BodyReferenceTest {

  private static final int BODIES = 200_000;

  private static final List<BodyPath> PATHS =
      List.of(
          path("a"),
          path("a", "a"),
          path("a", "b"),
          path("b"),
          path("b", 0),
          path("b", 1, "a"),
          path("b", "list", 2),
          path("list"),
          path("list", 0, 1),
          path("é"),
          path("ab", "é"),
          path("temperature"),
          path("a", "a", "b", "b"));

  private static final BodyPaths TREE = new BodyPaths(PATHS);

  private static final Map<String, Charset> ENCODINGS =
      Map.of(
          "utf-8", StandardCharsets.UTF_8,
          "utf-16", StandardCharsets.UTF_16LE,
          "utf-32", Charset.forName("UTF-32LE"));

  private static BodyPath path(Object... steps) {
    List<BodyPath.Step> list =
        List.of(steps).stream()
            .map(
                step ->
                    step instanceof Integer index
                        ? (BodyPath.Step) new BodyPath.Element(index)
                        : new BodyPath.Member((String) step))
            .toList();
    return new BodyPath(List.of(steps).toString(), list);
  }

  private ObjectMapper jackson = jackson();

  private static ObjectMapper jackson() {
    StreamReadConstraints limits =
        StreamReadConstraints.builder().maxNestingDepth(64).maxNumberLength(64).build();
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(limits)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    return new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  @Test
  void readsWhatJacksonReads() {
    Random random = Seed.random("BodyReferenceTest");
    RandomBody bodies = new RandomBody(random);
    int readable = 0;
    for (int i = 0; i < BODIES; i++) {
      if (i % 256 == 0) {
        jackson = jackson(); // a table of damaged names grows, and slows each body down
      }
      String encoding =
          random.nextInt(8) > 0 ? "utf-8" : random.nextBoolean() ? "utf-16" : "utf-32";
      byte[] body = bodies.damaged(bodies.text().getBytes(ENCODINGS.get(encoding)));
      JsonNode tree = tree(body, encoding);
      readable += tree == null ? 0 : 1;

      BodyValues values = BodyValues.read("application/json", encoding, body, TREE);
      for (BodyPath path : PATHS) {
        assertEquals(
            tree == null ? Value.UNDEFINED : value(tree, path),
            values.value(path),
            () -> path.text() + " in " + encoding + " " + HexFormat.of().formatHex(body));
      }
    }
    assertTrue(readable > BODIES / 4 && readable < BODIES - BODIES / 4, "readable: " + readable);
  }

  /**
   * Java's UTF-32 takes surrogates, Jackson takes a byte order mark, and where it reads characters
   * it takes some far letters for the digits of an escape; so it is given bytes that are UTF-8.
   */
  private @Nullable JsonNode tree(byte[] body, String encoding) {
    try {
      CharBuffer text = ENCODINGS.get(encoding).newDecoder().decode(ByteBuffer.wrap(body));
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(text.duplicate());
      byte[] utf8 = new byte[encoded.remaining()];
      encoded.get(utf8);
      JsonNode tree = jackson.readTree(utf8);
      boolean marked = !text.isEmpty() && text.charAt(0) == '\ufeff';
      return tree.isObject() && !marked ? tree : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static Value value(JsonNode tree, BodyPath path) {
    JsonNode node = tree;
    for (BodyPath.Step step : path.steps()) {
      node =
          step instanceof BodyPath.Member member
              ? node.path(member.name())
              : node.path(((BodyPath.Element) step).index());
    }
    return switch (node.getNodeType()) {
      case MISSING -> Value.MISSING;
      case NULL -> Value.NULL;
      case BOOLEAN -> node.booleanValue() ? Value.TRUE : Value.FALSE;
      case NUMBER -> new Value.Num(node.doubleValue());
      case STRING -> isDate(node.textValue()) ? Value.UNDEFINED : new Value.Text(node.textValue());
      default -> Value.UNDEFINED;
    };
  }

  private static boolean isDate(String text) {
    return text.matches("/Date\\(-?\\d{1,20}([+-]\\d{4})?\\)/")
        || (text.length() >= 19
            && text.length() <= 40
            && text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*"));
  }
}
