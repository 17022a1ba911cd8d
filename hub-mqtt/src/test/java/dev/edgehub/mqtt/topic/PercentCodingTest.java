package dev.edgehub.mqtt.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.mqtt.testing.Seed;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PercentCodingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "abcXYZ019-._~ | abcXYZ019-._~",
        "k y           | k%20y",
        "v/1+2&3=4     | v%2F1%2B2%263%3D4",
        "$.mid         | %24.mid",
        "100%          | 100%25",
        "é             | %C3%A9",
        "a€b           | a%E2%82%ACb",
        "\uD83D\uDE00  | %F0%9F%98%80",
        "#*()'!        | %23%2A%28%29%27%21",
      })
  void encodesEverythingButUnreservedCharacters(String text, String encoded) {
    assertEquals(encoded, encode(text));
    assertEquals(text, PercentCoding.decode(encoded));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "%         | %",
        "%2        | %2",
        "a%        | a%",
        "%zz       | %zz",
        "%2g%20    | \"%2g \"",
        "%%20      | \"% \"",
        "100%25%   | 100%%",
        "a+b       | a+b",
        "%c3%a9    | é",
        "é%20é     | é é",
        "a%2Fb/c   | a/b/c",
      })
  void takesBrokenEscapesAsTheyAre(String text, String decoded) {
    assertEquals(decoded, PercentCoding.decode(text));
  }

  @Test
  void bytesThatAreNoTextBecomeReplacementCharacters() {
    assertEquals("a\uFFFDb", PercentCoding.decode("a%FFb"));
  }

  @Test
  void decodesWhatItEncodes() {
    Random random = Seed.random("PercentCodingTest");
    for (int i = 0; i < 2_000; i++) {
      String text =
          random
              .ints(random.nextInt(20), 1, 0x3000)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();

      assertEquals(text, PercentCoding.decode(encode(text)));
    }
  }

  private static String encode(String text) {
    StringBuilder out = new StringBuilder();
    PercentCoding.encode(text, out);
    return out.toString();
  }
}
