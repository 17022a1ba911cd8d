package dev.edgehub.routing.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.Value;
import dev.edgehub.message.Message;
import dev.edgehub.message.SystemProperties;
import dev.edgehub.message.SystemProperty;
import dev.edgehub.testing.MessageFixtures;
import dev.edgehub.testing.Seed;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What conditions see of a body. */
class BodyValuesTest {

  private static final BodyPath A = path("a");
  private static final BodyPath A_B = path("a", "b");
  private static final BodyPath SECOND = path("list", 1);
  private static final BodyPaths PATHS =
      new BodyPaths(List.of(A, A_B, SECOND, path("list", 1, "x")));

  private static BodyPath path(Object... steps) {
    List<BodyPath.Step> list =
        Arrays.stream(steps)
            .map(
                step ->
                    step instanceof Integer index
                        ? (BodyPath.Step) new BodyPath.Element(index)
                        : new BodyPath.Member((String) step))
            .toList();
    return new BodyPath(List.of(steps).toString(), list);
  }

  private static Value value(String json, BodyPath path) {
    return value(MessageFixtures.json(json), path);
  }

  private static Value value(Message message, BodyPath path) {
    return BodyValues.read(
            message.system().get(SystemProperty.CONTENT_TYPE),
            message.system().get(SystemProperty.CONTENT_ENCODING),
            message.body(),
            PATHS)
        .value(path);
  }

  private static Value.Text text(String text) {
    return new Value.Text(text);
  }

  @Test
  void readsEveryKindOfValue() {
    assertEquals(new Value.Num(-1.5e3), value("{\"a\":-1.5e3}", A));
    assertEquals(text("x"), value("{\"a\":\"x\"}", A));
    assertEquals(Value.TRUE, value("{\"a\":true}", A));
    assertEquals(Value.FALSE, value("{\"a\":false}", A));
    assertEquals(Value.NULL, value("{\"a\":null}", A));
    assertEquals(Value.UNDEFINED, value("{\"a\":[]}", A));
    assertEquals(Value.UNDEFINED, value("{\"a\":{}}", A));
    assertEquals(Value.MISSING, value("{}", A));
  }

  @Test
  void goesDownIntoObjectsAndArrays() {
    assertEquals(new Value.Num(7), value("{\"a\":{\"b\":7}}", A_B));
    assertEquals(text("y"), value("{\"list\":[\"x\",\"y\",\"z\"]}", SECOND));
    assertEquals(Value.TRUE, value("{\"list\":[0,{\"x\":true}]}", path("list", 1, "x")));
  }

  @Test
  void findsNothingBelowAScalarOrBehindTheEnd() {
    assertEquals(Value.MISSING, value("{\"a\":7}", A_B));
    assertEquals(Value.MISSING, value("{\"a\":[{\"b\":7}]}", A_B));
    assertEquals(Value.MISSING, value("{\"list\":[0]}", SECOND));
    assertEquals(Value.MISSING, value("{\"list\":{\"1\":0}}", SECOND));
  }

  @Test
  void takesTheLastOfMembersWithTheSameName() {
    assertEquals(new Value.Num(2), value("{\"a\":1,\"a\":2}", A));
    assertEquals(Value.MISSING, value("{\"a\":{\"b\":1},\"a\":{}}", A_B));
    assertEquals(Value.MISSING, value("{\"a\":{\"b\":1},\"a\":3}", A_B));
    assertEquals(new Value.Num(2), value("{\"a\":3,\"a\":{\"b\":1,\"b\":2}}", A_B));
  }

  @Test
  void seesNothingWhenThereIsDamageBehindThePath() {
    for (String end :
        List.of(
            "",
            ",",
            ",}",
            "}}",
            "} x",
            "}{}",
            ",\"z\":tru}",
            ",\"z\":\"\u0001\"}",
            ",\"z\":\"\\q\"}",
            ",\"z\":01}",
            ",'z':1}",
            ",\"z\":[1,]}",
            "} /* comment */")) {
      assertEquals(Value.UNDEFINED, value("{\"a\":1" + end, A), end);
    }
  }

  @Test
  void seesNothingOfTextThatIsNotWellEncoded() {
    byte[] body = "{\"a\":1,\"z\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    body[12] = (byte) 0xc3; // a lead byte without what it leads

    assertEquals(Value.UNDEFINED, value(MessageFixtures.json("utf-8", body), A));
  }

  @Test
  void readsSixtyFourLevelsAndNotOneMore() {
    assertEquals(new Value.Num(1), value("{\"a\":1,\"z\":" + nested(63) + "}", A));
    assertEquals(Value.UNDEFINED, value("{\"a\":1,\"z\":" + nested(64) + "}", A));
    assertEquals(Value.UNDEFINED, value("{\"a\":1,\"z\":" + nested(100_000) + "}", A));
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  @Test
  void readsNumbersOfSixtyFourDigitsAndNotOneMore() {
    assertEquals(new Value.Num(1e63), value("{\"a\":1" + "0".repeat(63) + "}", A));
    assertEquals(Value.UNDEFINED, value("{\"a\":1" + "0".repeat(64) + "}", A));
    assertEquals(Value.UNDEFINED, value("{\"a\":1,\"z\":1" + "0".repeat(64) + "}", A));
    assertEquals(Value.UNDEFINED, value("{\"a\":1,\"z\":0." + "1".repeat(65) + "}", A));
  }

  @Test
  void readsNumbersThatNoDoubleHolds() {
    assertEquals(new Value.Num(Double.POSITIVE_INFINITY), value("{\"a\":1e999}", A));
    assertEquals(new Value.Num(0), value("{\"a\":1e-999999999}", A));
    assertEquals(Value.UNDEFINED, value("{\"a\":NaN}", A));
  }

  @Test
  void readsTheEncodingThatTheMessageNames() {
    String json = "{\"a\":\"é€😀\"}";

    assertEquals(text("é€😀"), value(json, A));
    assertEquals(text("é€😀"), encoded("UTF-16", json, StandardCharsets.UTF_16LE));
    assertEquals(text("é€😀"), encoded("utf-32", json, Charset.forName("UTF-32LE")));
    assertEquals(Value.UNDEFINED, encoded("utf-16", json, StandardCharsets.UTF_16BE));
    assertEquals(Value.UNDEFINED, encoded("utf-8", json, StandardCharsets.UTF_16LE));
    assertEquals(Value.UNDEFINED, encoded("utf-8", json, Charset.forName("UTF-32BE")));
    assertEquals(Value.UNDEFINED, encoded("utf-32", json, StandardCharsets.UTF_8));
    assertEquals(Value.UNDEFINED, encoded("us-ascii", "{\"a\":1}", StandardCharsets.US_ASCII));
  }

  private static Value encoded(String name, String json, Charset charset) {
    return value(MessageFixtures.json(name, json.getBytes(charset)), A);
  }

  @Test
  void takesAByteOrderMarkForDamageAsUpstreamDoes() {
    String json = "\ufeff{\"a\":1}";

    assertEquals(Value.UNDEFINED, value(json, A));
    assertEquals(Value.UNDEFINED, encoded("utf-16", json, StandardCharsets.UTF_16LE));
  }

  @Test
  void looksOnlyIntoBodiesThatSayTheyAreJson() {
    assertEquals(Value.UNDEFINED, declared(null, "utf-8"));
    assertEquals(Value.UNDEFINED, declared("application/json", null));
    assertEquals(Value.UNDEFINED, declared("text/plain", "utf-8"));
    assertEquals(Value.UNDEFINED, declared("application/json;charset=utf-8", "utf-8"));
    assertEquals(Value.UNDEFINED, declared("application/json ", "utf-8"));
    assertEquals(new Value.Num(1), declared("APPLICATION/Json", "UTF-8"));
  }

  private static Value declared(String type, String encoding) {
    SystemProperties.Builder system = new SystemProperties.Builder();
    if (type != null) {
      system.set(SystemProperty.CONTENT_TYPE, type);
    }
    if (encoding != null) {
      system.set(SystemProperty.CONTENT_ENCODING, encoding);
    }
    Message plain = MessageFixtures.message("{\"a\":1}");
    return value(
        new Message(plain.id(), plain.source(), system.build(), plain.properties(), plain.body()),
        A);
  }

  @Test
  void hidesTextsThatLookLikeDates() {
    for (String date :
        List.of("2024-01-31T10:20:30", "2024-01-31T10:20:30.123Z", "/Date(1700000000000)/")) {
      assertEquals(Value.UNDEFINED, value("{\"a\":\"" + date + "\"}", A), date);
    }
    for (String text : List.of("2024-01-31", "2024-01-31 10:20:30", "T", "/Date(x)/", "/Date(")) {
      assertEquals(text(text), value("{\"a\":\"" + text + "\"}", A), text);
    }
  }

  @Test
  void readsALongText() {
    String megabyte = "x".repeat(1 << 20);

    assertEquals(text(megabyte), value("{\"a\":\"" + megabyte + "\"}", A));
    assertEquals(new Value.Num(1), value("{\"z\":\"" + megabyte + "\",\"a\":1}", A));
  }

  @Test
  void findsEachOfManyNames() {
    List<BodyPath> paths =
        IntStream.range(0, 3_000).mapToObj(i -> path("deep", "ü" + i % 1_000, i)).toList();
    BodyPaths tree = new BodyPaths(paths);
    byte[] body = "{\"deep\":{\"ü7\":[0,1,2,3,4,5,6,\"x\"],\"\\u00fc8\":[8]}}".getBytes(UTF_8);

    BodyValues values = BodyValues.read("application/json", "utf-8", body, tree);

    assertEquals(text("x"), values.value(path("deep", "ü7", 7)));
    assertEquals(Value.MISSING, values.value(path("deep", "ü8", 8)));
    assertEquals(Value.MISSING, values.value(path("deep", "ü999", 2_999)));
  }

  @Test
  void findsNothingAtAPathDeeperThanAnyBody() {
    BodyPath deepest = path(Collections.nCopies(64, "a").toArray());
    BodyPath deeper = path(Collections.nCopies(30_000, "a").toArray());
    String nested = "{\"a\":".repeat(64) + "1" + "}".repeat(64);

    BodyValues values =
        BodyValues.read(
            "application/json",
            "utf-8",
            nested.getBytes(UTF_8),
            new BodyPaths(List.of(deepest, deeper)));

    assertEquals(new Value.Num(1), values.value(deepest));
    assertEquals(Value.MISSING, values.value(deeper));
  }

  @Test
  void answersForPathsOfTheTableOnly() {
    BodyValues body = BodyValues.read("application/json", "utf-8", new byte[] {'{', '}'}, PATHS);

    assertThrows(IllegalArgumentException.class, () -> body.value(path("other")));
  }

  @Test
  void neverThrowsBecauseOfABody() {
    Random random = Seed.random("BodyValuesTest");
    byte[] seed =
        "{\"a\":{\"b\":[1,2.5e3,\"x\\u00e9\\n\",true,null]},\"list\":[0,{\"x\":\"é\"}]}"
            .getBytes(StandardCharsets.UTF_8);
    String[] encodings = {"utf-8", "utf-16", "utf-32"};

    for (int i = 0; i < 60_000; i++) {
      byte[] body = random.nextInt(3) == 0 ? garbage(random) : damaged(seed, random);
      Message message = MessageFixtures.json(encodings[random.nextInt(3)], body);
      value(message, A_B);
    }
  }

  private static byte[] garbage(Random random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damaged(byte[] seed, Random random) {
    byte[] bytes = Arrays.copyOf(seed, random.nextInt(seed.length + 1));
    for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
