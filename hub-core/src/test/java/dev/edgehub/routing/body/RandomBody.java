package dev.edgehub.routing.body;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes bodies: well-formed JSON objects that use few names often, and damaged ones. */
final class RandomBody {

  private static final List<String> NAMES =
      List.of(
          "a", "a", "b", "b", "list", "é", "\\u0061", "a\\u0062", "ab", "temperature", "", "😀");

  private static final List<String> SCALARS =
      List.of(
          "0",
          "-0",
          "-0.0",
          "0.0",
          "7",
          "-1",
          "21.5",
          "1e3",
          "1E+3",
          "2.5e-3",
          "1e22",
          "1e23",
          "9007199254740991",
          "9007199254740993",
          "900719925474099.3",
          "0.1",
          "123456789012345678",
          "0.30000000000000004",
          "1e999",
          "-1e999",
          "4.9e-324",
          "2.4703282292062328e-324",
          "0.000000000000000000000001",
          "1".repeat(64),
          "1".repeat(65),
          "1." + "0".repeat(63),
          "1." + "0".repeat(64),
          "1e" + "0".repeat(63),
          "-" + "9".repeat(64),
          "01",
          "-",
          "1.",
          ".5",
          "+1",
          "1e",
          "0x1",
          "NaN",
          "Infinity",
          "true",
          "false",
          "null",
          "True",
          "nul",
          "truex",
          "\"\"",
          "\"x\"",
          "\"é\"",
          "\"€😀\"",
          "\"\\u00e9\\n\\/\\\\\\\"\"",
          "\"\\ud83d\\ude00\"",
          "\"\\ud800\"",
          "\"\\q\"",
          "\"\\u12g4\"",
          "\"\t\"",
          "\"\u007f\"",
          "\"\u2028\"",
          "'x'",
          "\"2024-01-31T10:20:30\"",
          "\"2024-01-31T10:20:30.5Z\"",
          "\"/Date(17)/\"",
          "\"eight or more plain characters, then \\\\ one that is not\"",
          "[]",
          "{}");

  private static final byte[] BITES =
      "{}[],:\"\\/-+.eEtfnu0159 \n\t\u0000\u001f".getBytes(StandardCharsets.ISO_8859_1);

  private static final byte[][] MALFORMED = {
    {(byte) 0xc0, (byte) 0x80},
    {(byte) 0xc1, (byte) 0xbf},
    {(byte) 0xe0, (byte) 0x9f, (byte) 0xbf},
    {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
    {(byte) 0xed, (byte) 0xbf, (byte) 0xbf},
    {(byte) 0xf0, (byte) 0x8f, (byte) 0xbf, (byte) 0xbf},
    {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
    {(byte) 0xe2, (byte) 0x82},
    {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
    {(byte) 0xef, (byte) 0xbf, (byte) 0xbf},
    {(byte) 0xed, (byte) 0x9f, (byte) 0xbf},
    {(byte) 0xf4, (byte) 0x8f, (byte) 0xbf, (byte) 0xbf},
    {(byte) 0x80},
    {(byte) 0xff},
  };

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  RandomBody(Random random) {
    this.random = random;
  }

  /** A text that is an object, or nearly one. */
  String text() {
    text.setLength(0);
    object(random.nextInt(200) == 0 ? 60 + random.nextInt(8) : 4);
    return text.toString();
  }

  private void object(int depth) {
    text.append('{');
    int members = depth > 10 ? 1 : random.nextInt(5);
    for (int i = 0; i < members; i++) {
      space();
      text.append(i == 0 ? "" : ",").append('"').append(pick(NAMES)).append("\":");
      space();
      value(depth - 1);
    }
    text.append('}');
    space();
  }

  private void value(int depth) {
    if (depth > 0 && (depth > 8 || random.nextInt(3) == 0)) {
      if (random.nextBoolean()) {
        object(depth);
      } else {
        array(depth);
      }
    } else {
      // most scalars are near the start of nothing odd, or few bodies would be readable
      text.append(random.nextInt(8) == 0 ? pick(SCALARS) : pick(SCALARS.subList(0, 19)));
    }
  }

  private void array(int depth) {
    text.append('[');
    int elements = depth > 10 ? 1 : random.nextInt(4);
    for (int i = 0; i < elements; i++) {
      text.append(i == 0 ? "" : ",");
      value(depth - 1);
      space();
    }
    text.append(']');
  }

  private void space() {
    if (random.nextInt(6) == 0) {
      text.append(pick(List.of(" ", "\n", "\r\n\t", "  ")));
    }
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** The same bytes, or with up to three changes. */
  byte[] damaged(byte[] body) {
    byte[] bytes = body;
    for (int changes = random.nextInt(4) - 1; changes > 0; changes--) {
      bytes = changed(bytes);
    }
    return bytes;
  }

  private byte[] changed(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int rest = Math.min(bytes.length, at + random.nextInt(3));
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> spliced(bytes, at, new byte[0], rest);
      case 2 -> spliced(bytes, at, new byte[] {BITES[random.nextInt(BITES.length)]}, rest);
      case 3 -> spliced(bytes, at, new byte[] {(byte) random.nextInt(256)}, rest);
      case 4 -> spliced(bytes, at, MALFORMED[random.nextInt(MALFORMED.length)], at);
      default -> spliced(bytes, at, Arrays.copyOfRange(bytes, at, rest), at);
    };
  }

  private static byte[] spliced(byte[] bytes, int end, byte[] between, int rest) {
    byte[] result = Arrays.copyOf(bytes, end + between.length + bytes.length - rest);
    System.arraycopy(between, 0, result, end, between.length);
    System.arraycopy(bytes, rest, result, end + between.length, bytes.length - rest);
    return result;
  }
}
